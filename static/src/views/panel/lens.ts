/** The change lens: in the update phase every new weight beside its old one, on a scale of its own for each layer. */
import type { Spec } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { endsOf, outputLayer } from '../parameters.ts';
import { slipNames } from '../../actions/names.ts';
import { parameterOf } from '../../model/places.ts';
import { moved, structureOf } from '../../model/structure.ts';
import { changeRow, lensFactor, scaleText, type Changed, type Naming } from './bars.ts';
import { mode } from './mode.ts';

const ROWS_A_LAYER = 8;
const SLIPS: Naming = { before: (name) => name, after: (name) => `${name}+` };

export function mountLens(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.moment, state.cursor, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'now' || state.cursor.phase !== 'update' || !state.moment || !state.network;
  if (host.hidden || !state.network) return;
  const spec = state.network.spec;
  const current = parameterOf(state.card?.name ?? '');
  const here = current ? endsOf(spec, current)?.layer : undefined;
  const layers = [...byLayer(state, spec)].sort(([a], [b]) => Number(b === here) - Number(a === here) || b - a);
  const say = words(state.lang).lens;
  const [first, ...rest] = layers.map(([layer, rows]) => group(state, layerTitle(state, spec, layer), currentFirst(rows, current), moved(structureOf(spec), layer)));
  replace(host,
    h('div', { class: 'lens-head' }, h('h3', { class: 'section-title' }, say.title), first?.scale),
    ...(first?.rows ?? []), ...rest.flatMap(({ scale, rows }) => [scale, ...rows]),
    h('p', { class: 'note' }, spec.update_order === 'sequential' ? say.sequential : say.waiting));
}

function byLayer(state: State, spec: Spec): Map<number, Changed[]> {
  const layers = new Map<number, Changed[]>();
  for (const name of slipNames(state.calculations)) {
    const layer = endsOf(spec, name)?.layer ?? 0;
    const changed = { name, before: state.moment?.value(name) ?? NaN, after: state.moment?.value(`${name}+`) ?? NaN };
    layers.set(layer, [...(layers.get(layer) ?? []), changed]);
  }
  return layers;
}

function layerTitle(state: State, spec: Spec, layer: number): string {
  const say = words(state.lang).lens;
  if (layer === outputLayer(spec)) return say.output;
  return spec.layers.length === 3 ? say.onlyHidden : say.hidden(layer);
}

/** What is explained stands first, so that it is seen without scrolling. */
const currentFirst = (rows: readonly Changed[], current: string | null): readonly Changed[] =>
  [...rows].sort((one, other) => Number(other.name === current) - Number(one.name === current));

interface Group { readonly scale: HTMLElement; readonly rows: readonly Child[] }

function group(state: State, title: string, rows: readonly Changed[], count: number): Group {
  const say = words(state.lang).lens;
  const current = parameterOf(state.card?.name ?? '');
  const factor = lensFactor(rows.map(({ before, after }) => after - before));
  return {
    scale: h('p', { class: 'lens-scale' }, say.scale(title, scaleText(factor, say))),
    rows: [
      h('ul', { class: 'changes' }, ...rows.slice(0, ROWS_A_LAYER).map((row) => changeRow(row, factor, SLIPS, row.name === current))),
      count > ROWS_A_LAYER && h('p', { class: 'note' }, say.more(count - Math.min(rows.length, ROWS_A_LAYER))),
    ],
  };
}
