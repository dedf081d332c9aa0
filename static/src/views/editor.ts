/** Typing over a weight where it stands: a box above its label in the drawing, or above the panel when it has none. */
import { words } from '../i18n/index.ts';
import { parameterOf } from '../model/places.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';

const BOX_WIDTH = 250;

export function mountEditor(host: HTMLElement, store: Store): void {
  const box = h('div', { class: 'editor', hidden: true });
  host.append(box);
  watch(store, (state) => [state.editing?.name, state.lang], () => open(box, store));
  watch(store, (state) => [state.editing?.fault], () => showFault(box, store.get()));
  document.addEventListener('dblclick', (event) => doubleClick(store, event));
}

function open(box: HTMLElement, store: Store): void {
  const { editing, lang } = store.get();
  const wasOpen = !box.hidden;
  box.hidden = !editing;
  if (!editing) {
    box.replaceChildren();
    if (wasOpen) document.getElementById('panel')?.querySelector<HTMLElement>('[data-action^="edit"]')?.focus();
    return;
  }
  const say = words(lang).edit;
  const input = h('input', { id: 'edit-box', value: editing.text, inputmode: 'decimal', autocomplete: 'off', 'aria-describedby': 'edit-fault', 'data-action': 'edit-type' });
  const form = h('form', { 'data-action': 'edit-form' },
    h('label', { for: 'edit-box' }, say.label(editing.name)),
    h('div', { class: 'editor-row' }, input,
      h('button', { class: 'primary', 'data-action': 'edit-submit' }, say.save),
      h('button', { type: 'button', 'data-action': 'escape' }, say.cancel)),
    h('p', { class: 'fault', id: 'edit-fault', role: 'alert' }));
  input.addEventListener('input', () => store.run('edit-type', input.value));
  form.addEventListener('submit', (event) => { event.preventDefault(); store.run('edit-keep'); });
  replace(box, form);
  place(box, editing.name);
  input.select();
}

function showFault(box: HTMLElement, state: State): void {
  const line = box.querySelector('.fault');
  if (!line) return;
  line.textContent = state.editing?.fault ?? '';
  box.querySelector('input')?.setAttribute('aria-invalid', String(Boolean(state.editing?.fault)));
}

/** Above the label of the weight, and always inside the window. */
function place(box: HTMLElement, name: string): void {
  const anchor = document.querySelector(`#network [data-name="${CSS.escape(name)}"]`) ?? document.querySelector('#panel .panel-head');
  const at = anchor?.getBoundingClientRect();
  if (!at) return;
  const left = Math.max(8, Math.min(at.left + at.width / 2 - BOX_WIDTH / 2, innerWidth - BOX_WIDTH - 8));
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, Math.min(at.bottom + 6, innerHeight - 130))}px`;
}

/** The first click may have drawn the network anew, so that only the place still tells what was meant. */
function doubleClick(store: Store, event: MouseEvent): void {
  const target = document.elementFromPoint(event.clientX, event.clientY)?.closest('#network :is([data-name], [data-parameter])');
  const name = target?.getAttribute('data-name') ?? target?.getAttribute('data-parameter');
  if (name && parameterOf(name) === name) store.run('edit', name);
}
