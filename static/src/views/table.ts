/** Every number of the moment as a real table: for screen readers, for searching, for copying. */
import { shown } from '../model/numbers.ts';
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';
import { full, grouped, numberButton } from './number.ts';
import { pretty } from './pretty.ts';

const MOST_ROWS = 1000;

export function mountTable(host: HTMLElement, store: Store): void {
  const dialog = h('dialog', { class: 'table-dialog', id: 'table-dialog' });
  host.append(dialog);
  dialog.addEventListener('close', () => { if (store.get().tableOpen) store.set({ tableOpen: false }); });
  watch(store, (state) => [state.tableOpen, state.lang, state.tableOpen && state.moment], () => draw(dialog, store.get()));
}

function draw(dialog: HTMLDialogElement, state: State): void {
  if (!state.tableOpen) return dialog.close();
  const say = words(state.lang).table;
  const names = state.moment?.names() ?? [];
  replace(dialog,
    h('div', { class: 'dialog-head' }, h('h2', {}, say.title(grouped(state.cursor.step))),
      h('button', { type: 'button', 'data-action': 'table' }, say.close)),
    names.length > MOST_ROWS && h('p', { class: 'note' }, say.many(grouped(MOST_ROWS), grouped(names.length), state.moment?.complete ?? true)),
    h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': say.title(grouped(state.cursor.step)) },
      h('table', { class: 'numbers' },
        h('thead', {}, h('tr', {}, ...[say.name, say.value, say.exact].map((text) => h('th', { scope: 'col' }, text)))),
        h('tbody', {}, ...names.slice(0, MOST_ROWS).map((name) => row(state, name))))));
  if (!dialog.open) dialog.showModal();
}

function row(state: State, name: string): HTMLElement {
  const value = state.moment?.value(name) ?? NaN;
  return h('tr', {}, h('th', { scope: 'row' }, pretty(name)), h('td', {}, numberButton({ name, value, text: shown(name, value) })), h('td', { class: 'exact' }, full(value).replace('-', '−')));
}
