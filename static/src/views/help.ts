/** Keys and help, drawn from the actions registry, so that a new shortcut is here by itself. */
import { ACTIONS } from '../actions.ts';
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';

const KEY_NAMES: { readonly [key: string]: string } = { ArrowRight: '→', ArrowLeft: '←', ' ': 'Space', Mod: 'Ctrl/⌘', Shift: '⇧', z: 'Z', Escape: 'Esc' };

export function mountHelp(host: HTMLElement, store: Store): void {
  const dialog = h('dialog', { class: 'help-dialog', id: 'help-dialog' });
  host.append(dialog);
  dialog.addEventListener('close', () => { if (store.get().dialog === 'help') store.set({ dialog: null }); });
  watch(store, (state) => [state.dialog === 'help', state.lang], () => draw(dialog, store.get()));
}

function draw(dialog: HTMLDialogElement, state: State): void {
  if (state.dialog !== 'help') return dialog.close();
  const all = words(state.lang);
  const say = all.help;
  replace(dialog,
    h('div', { class: 'dialog-head' }, h('h2', {}, say.title), h('button', { type: 'button', 'data-action': 'help' }, say.close)),
    h('p', {}, say.intro),
    h('table', { class: 'keys' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, say.key), h('th', { scope: 'col' }, say.does))),
      h('tbody', {}, ...ACTIONS.filter(({ keys, label }) => keys && label).map(({ keys, label }) =>
        h('tr', {}, h('td', {}, ...(keys ?? []).flatMap((key) => [h('kbd', {}, spell(key)), ' '])), h('td', {}, all.actions[label ?? ''] ?? label ?? ''))))),
    h('h3', {}, say.words),
    h('dl', { class: 'glossary' }, ...say.terms.flatMap(([term, meaning]) => [h('dt', {}, term), h('dd', {}, meaning)])));
  if (!dialog.open) dialog.showModal();
}

const spell = (key: string): string => (key === ' ' ? 'Space' : key.split('+').map((part) => KEY_NAMES[part] ?? part).join(' '));
