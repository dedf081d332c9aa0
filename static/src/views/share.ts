/** Links to pass on: one for editing, one for looking, each with a button that copies it. */
import { linkFor, viewing } from '../actions/sharing.ts';
import { words } from '../i18n/index.ts';
import type { Role, State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';

const COPIED_MS = 2000;

export function mountShare(host: HTMLElement, store: Store): void {
  const dialog = h('dialog', { class: 'share-dialog', id: 'share-dialog' });
  host.append(dialog);
  dialog.addEventListener('close', () => { if (store.get().dialog === 'share') store.set({ dialog: null }); });
  watch(store, (state) => [state.dialog === 'share', state.lang, state.held], () => draw(dialog, store.get()));
}

function draw(dialog: HTMLDialogElement, state: State): void {
  if (state.dialog !== 'share') return dialog.close();
  const say = words(state.lang).share;
  const rows = !state.held ? [row(state, 'edit', say.open)]
    : viewing(state) ? [row(state, 'view', say.view)] : [row(state, 'edit', say.edit), row(state, 'view', say.view)];
  replace(dialog,
    h('div', { class: 'dialog-head' }, h('h2', {}, say.title), h('button', { type: 'button', 'data-action': 'share' }, say.close)),
    ...rows);
  if (!dialog.open) dialog.showModal();
}

function row(state: State, role: Role, meaning: string): HTMLElement {
  const say = words(state.lang).share;
  const link = linkFor(state, role);
  const id = `share-${role}`;
  return h('div', { class: 'share-row' },
    h('label', { for: id }, meaning),
    link === null
      ? h('button', { type: 'button', id, 'data-action': `link:${role}` }, say.make)
      : h('div', { class: 'share-line' }, h('input', { id, readonly: true, value: link }), copyButton(link, id, say)));
}

/** Where the browser lends no clipboard, the link is marked, to be copied by hand. */
function copyButton(link: string, id: string, say: { readonly copy: string; readonly copied: string }): HTMLElement {
  const button = h('button', { type: 'button', class: 'primary', 'data-action': `copy:${id}` }, say.copy);
  button.addEventListener('click', () => {
    const mark = (): void => document.querySelector<HTMLInputElement>(`#${id}`)?.select();
    if (!navigator.clipboard) return mark();
    navigator.clipboard.writeText(link).then(() => {
      button.textContent = say.copied;
      window.setTimeout(() => { button.textContent = say.copy; }, COPIED_MS);
    }, mark);
  });
  return button;
}
