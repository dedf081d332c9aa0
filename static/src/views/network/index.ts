/** The network: a heading, the drawing, the legend. The drawing is built per layout and painted once a frame. */
import { words } from '../../i18n/index.ts';
import { frameOf } from '../../model/frame.ts';
import { layoutOf, type LayoutOptions, type NetLayout } from '../../model/layout.ts';
import { placeOf } from '../../model/places.ts';
import { edgesToDraw, MOST_EDGES } from '../../model/strongest.ts';
import { structureOf, type Structure } from '../../model/structure.ts';
import { clock } from '../../paint/clock.ts';
import type { Spec } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { h } from '../dom.ts';
import { header } from './header.ts';
import { walk } from './keys.ts';
import { legend } from './legend.ts';
import type { Part } from './part.ts';
import { scene } from './scene.ts';

const PHONE = 560;
/** Layers up to this size are always drawn whole. */
const ALL_SEEN = 12;
const NOBODY: ReadonlySet<string> = new Set();

interface Built { readonly key: string; readonly structure: Structure; readonly layout: NetLayout; readonly part: Part }

export function mountNetwork(host: HTMLElement, store: Store): void {
  const head = h('div', { class: 'net-head' });
  const frame = h('div', { class: 'net-frame' });
  const foot = h('ul', { class: 'net-legend' });
  host.replaceChildren(head, frame, foot);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('role', 'group');
  frame.append(svg);
  const [title, signs, steps] = [header(head), legend(foot), walk(frame, store)];
  const structures = memo(structureOf);
  let built: Built | null = null;

  const paint = (): void => {
    const state = store.get();
    const size = { width: Math.floor(frame.clientWidth), height: Math.floor(frame.clientHeight) };
    if (!state.network || size.width < 40 || size.height < 40) return;
    const structure = structures(state.network.spec);
    const wanted = wantedLayout(state, structure, size);
    if (built?.key !== wanted.key) built = build(state, structure, wanted);
    const now = frameOf(state, structure, built.layout);
    built.part.paint(now);
    title.paint(now, state);
    signs.paint(now, state);
    // On a phone the legend is one line to be pushed sideways, by key as well.
    if (foot.scrollWidth > foot.clientWidth) foot.tabIndex = 0;
    else foot.removeAttribute('tabindex');
  };

  const build = (state: State, structure: Structure, wanted: Wanted): Built => {
    const focused = svg.contains(document.activeElement);
    const layout = layoutOf(structure, wanted);
    const part = scene(svg, structure, layout, words(state.lang));
    svg.setAttribute('aria-label', words(state.lang).network.drawing);
    steps.rebuilt(layout, structure);
    if (focused) svg.querySelector<SVGGElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    return { key: wanted.key, structure, layout, part };
  };

  const soon = (): void => clock.soon(paint);
  store.subscribe((now, was) => { if (RELEVANT.some((key) => now[key] !== was[key])) soon(); });
  new ResizeObserver(soon).observe(frame);
  void document.fonts.ready.then(soon);
  paint();
}

const RELEVANT = ['network', 'calculations', 'cursor', 't', 'moment', 'card', 'selection', 'highlight', 'nudge', 'result', 'lang'] as const satisfies readonly (keyof State)[];

interface Wanted { readonly key: string; readonly width: number; readonly height: number; readonly compact: boolean; readonly open: ReadonlySet<string>; readonly edges: LayoutOptions['edges'] }

/** Everything that the layout depends on; its key changes when, and only when, the drawing must be built anew. */
function wantedLayout(state: State, structure: Structure, { width, height }: { width: number; height: number }): Wanted {
  const compact = width < PHONE;
  const open = compact || structure.sizes.some((size) => size > ALL_SEEN) ? openNeurons(state, structure) : NOBODY;
  // The strongest edges of a large network are others at another step, and once more weights are here.
  const when = structure.weightCount > MOST_EDGES ? [state.moment?.step, state.moment?.known] : 0;
  const key = JSON.stringify([width, height, state.lang, structure.sizes, structure.activations, structure.biases.flat().map((bias) => bias.name),
    structure.hasTargets, structure.trainableBias, [...open], when, state.moment === null]);
  return { key, width, height, compact, open, edges: (drawn) => edgesToDraw(structure, drawn, state.moment) };
}

/** Neurons whose curve is a factor now: on a phone their capsules open, and in a long layer they are never left out. */
function openNeurons(state: State, structure: Structure): Set<string> {
  const names = [...(state.card?.uses ?? []), ...(state.card?.strip ?? []).map((link) => link.factor.name), ...(state.card ? [state.card.name] : [])];
  const opened = names.flatMap((name) => {
    const [kind, neuron] = placeOf(name, structure)?.split(':', 2) ?? [];
    return kind === 'f' && neuron ? [neuron] : [];
  });
  return new Set(opened);
}

function memo<T>(make: (spec: Spec) => T): (spec: Spec) => T {
  let last: { spec: Spec; made: T } | null = null;
  return (spec) => {
    if (last?.spec !== spec) last = { spec, made: make(spec) };
    return last.made;
  };
}
