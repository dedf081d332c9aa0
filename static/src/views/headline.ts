/** One line that says what the network is for: what goes in, what should come out, what comes out now. */
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch, type Child } from './dom.ts';
import { numberButton } from './number.ts';

const MOST = 4;

export function mountHeadline(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, state.moment, state.network, state.example], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const { network, moment, lang } = state;
  if (!network || !moment) return replace(host, h('p', { class: 'skeleton-line' }));
  const say = words(lang).headline;
  const names = moment.names();
  const outputs = names.filter((name) => name.startsWith('out_o'));
  const list = (some: readonly string[]): Child[] => enumerate(state, some);
  if (!network.spec.data) return replace(host, h('p', {}, say.without));
  replace(host, h('p', {},
    say.given, ...list(names.filter((name) => /^i\d+$/.test(name))),
    say.should, ...list(outputs.map((name) => name.replace('out_', 't_'))),
    say.now, ...list(outputs), say.end,
  ), examplePicker(state));
}

/** "0.01 and 0.99", "1, 2, 3 and 4", "1, 2, 3, 4, …" */
function enumerate(state: State, names: readonly string[]): Child[] {
  const say = words(state.lang).headline;
  const shown = names.slice(0, MOST);
  const parts = shown.flatMap((name, place): Child[] => [
    place === 0 ? null : place === shown.length - 1 && names.length <= MOST ? say.and : say.comma,
    numberButton({ name, value: state.moment?.value(name) ?? NaN, className: 'strong' }),
  ]);
  return names.length > MOST ? [...parts, ', …'] : parts;
}

function examplePicker(state: State): HTMLElement | null {
  const rows = state.network?.spec.data?.inputs.length ?? 1;
  if (rows < 2) return null;
  const say = words(state.lang).headline;
  const size = state.network?.spec.batch.size ?? rows;
  const count = Math.min(size, rows);
  return h('label', { class: 'example' }, h('select', { 'data-action': 'example', 'aria-label': say.pick },
    ...Array.from({ length: count }, (_, row) => h('option', { value: row, selected: row === state.example }, say.example(row + 1, count)))));
}
