/** The numbers that belong together with the one looked at, as rows and columns: the slopes of softmax. */
import type { Card } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { numberButton } from '../number.ts';
import { mode } from './mode.ts';

type Matrix = NonNullable<Card['matrix']>;

export function mountMatrix(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const { card } = state;
  host.hidden = mode(state) !== 'now' || !card?.matrix;
  if (host.hidden || !card?.matrix) return;
  const say = words(state.lang).panel;
  replace(host,
    h('h3', { class: 'section-title' }, say.matrix),
    h('div', { class: 'matrix-scroll', tabindex: 0, role: 'group', 'aria-label': say.matrix }, table(card.matrix, card.name)),
    h('p', { class: 'note', id: CAPTION }, card.matrix.caption));
}

const CAPTION = 'matrix-caption';

function table({ rows, columns, cells }: Matrix, current: string): HTMLElement {
  const column = current.replace(/^delta_/, 'net_');
  return h('table', { class: 'matrix', 'aria-describedby': CAPTION },
    h('thead', {}, h('tr', {}, h('td', {}), ...columns.map((name) => head('col', name, name === column)))),
    h('tbody', {}, ...rows.map((name, row) => h('tr', {}, head('row', name, false),
      ...(cells[row] ?? []).map((cell, place) => h('td', { 'data-column': columns[place] === column }, entry(cell, current)))))));
}

const head = (scope: 'col' | 'row', name: string | null, lit: boolean): HTMLElement =>
  h('th', { scope, 'data-lights': name, 'data-column': lit }, name ?? '…');

function entry(cell: Matrix['cells'][number][number], current: string): Child {
  if (!cell) return '…';
  const number = numberButton({ name: cell.name, value: cell.value, text: cell.shown, role: cell.name === current ? 'now' : 'slope' });
  if (cell.name === current) number.setAttribute('aria-current', 'true');
  return number;
}
