/** Above the drawing: what this network is, and the few facts that hold for all of it. */
import { words } from '../../i18n/index.ts';
import type { Frame } from '../../model/frame.ts';
import { grouped, overview } from '../../model/numbers.ts';
import type { State } from '../../types/state.ts';
import { h, replace } from '../dom.ts';
import { full } from './marks.ts';

export interface Header { paint(frame: Frame, state: State): void }

export function header(host: HTMLElement): Header {
  let drawn = '';
  return {
    paint(frame, state) {
      const key = keyOf(frame, state);
      if (key === drawn) return;
      drawn = key;
      drawHeader(host, frame, state);
    },
  };
}

const keyOf = (frame: Frame, state: State): string => JSON.stringify([
  state.lang, state.network?.id, state.network?.spec.name, frame.widthDomain, inUse(frame), state.network?.spec.optimizer.learning_rate,
  state.network?.spec.data?.inputs?.length, frame.layout.hiddenEdges, frame.layout.edges.length, frame.now('rate'), frame.hot('rate'), frame.structure.sizes, frame.structure.activations,
]);

function drawHeader(host: HTMLElement, frame: Frame, state: State): void {
  const all = words(state.lang);
  const say = all.network;
  const spec = state.network?.spec;
  const use = inUse(frame);
  replace(host,
    h('h2', {}, say.title),
    h('span', { class: 'net-kind' }, kindOf(frame, spec?.data?.inputs?.length ?? 0, all)),
    h('span', { class: 'spread' }),
    frame.layout.hiddenEdges > 0 && h('span', { class: 'net-chip' }, say.strongest(grouped(frame.layout.edges.length), grouped(frame.structure.weightCount))),
    frame.widthDomain > 1 && h('span', { class: 'net-chip' }, say.widthScale(overview(frame.widthDomain))),
    use && h('span', { class: 'net-chip now' }, use === 'old' ? say.oldInUse : say.newInUse),
    spec && rateChip(frame, spec.optimizer.learning_rate, say.learningRate));
}

function kindOf(frame: Frame, examples: number, all: ReturnType<typeof words>): string {
  const { sizes, activations } = frame.structure;
  const names = [...new Set(activations.slice(1))].map((name) => all.create.names[name] ?? name);
  const data = examples === 0 ? [] : [examples === 1 ? all.network.oneExample : all.network.examples(examples)];
  return [sizes.join('-'), names.join(', '), ...data].join(' · ');
}

/** In the update phase the drawing says which weights are in use; the famous mistake is a matter of just that. */
function inUse(frame: Frame): 'old' | 'new' | null {
  const { cursor } = frame.timeline;
  const early = frame.structure.sequential && frame.layout.edges.some((edge) => frame.parameter(edge.name, edge.layer).share >= 1);
  if (early && cursor.phase !== 'forward') return 'new';
  return cursor.phase === 'update' ? 'old' : null;
}

function rateChip(frame: Frame, rate: number, text: string): HTMLElement {
  const lit = frame.now('rate') || frame.hot('rate');
  return h('span', { class: lit ? 'net-chip now' : 'net-chip', 'data-lights': 'learning_rate' },
    h('span', {}, 'η\u2002', h('b', { 'data-name': 'learning_rate', 'data-value': full(rate) }, overview(rate))), h('span', { class: 'net-chip-note' }, text));
}
