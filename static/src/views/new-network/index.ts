/** The dialog of a new network. Closing it keeps what was typed; faults stand at the fields they are about. */
import { told, words } from '../../i18n/index.ts';
import type { Store } from '../../types/state.ts';
import { h, replace, watch } from '../dom.ts';
import { dataPart, showPreview } from './data.ts';
import { DRAFTS, request, type Draft } from './draft.ts';
import { showFaults } from './fields.ts';
import { layersPart, recipePart, type Form } from './form.ts';

export function mountNewNetwork(host: HTMLElement, store: Store): void {
  const dialog = h('dialog', { class: 'create-dialog', id: 'create-dialog' });
  host.append(dialog);
  let draft = DRAFTS['regression'] as Draft;

  const form = (): Form => ({
    get draft() { return draft; },
    say: words(store.get().lang).create,
    catalog: store.get().catalog,
    lang: store.get().lang,
    type: (patch) => { draft = { ...draft, ...patch }; },
    reshape: (shape) => { draft = shape; fill(); },
    preview: () => ask(dialog, store, draft),
    redata: (shape) => { draft = shape; dialog.querySelector('.data')?.replaceWith(dataPart(form())); },
  });
  const fill = (): void => {
    replace(dialog, content(form(), store, (name) => { draft = DRAFTS[name] ?? draft; fill(); }));
    showPreview(dialog, form(), store.get().preview);
  };

  dialog.addEventListener('close', () => { if (store.get().dialog === 'new-network') store.set({ dialog: null }); });
  dialog.addEventListener('submit', (event) => { event.preventDefault(); submit(dialog, store, draft); });
  watch(store, (state) => [state.dialog === 'new-network', state.lang, state.catalog], () => {
    if (store.get().dialog !== 'new-network') return dialog.close();
    fill();
    if (!dialog.open) dialog.showModal();
  });
  watch(store, (state) => [state.preview], () => showPreview(dialog, form(), store.get().preview));
  watch(store, (state) => [state.problem, state.creating], () => answer(dialog, store));
}

function content(form: Form, store: Store, preset: (name: string) => void): HTMLElement {
  const { say } = form;
  return h('form', { novalidate: true, 'data-action': 'create-form' },
    h('div', { class: 'dialog-head' }, h('h2', {}, say.title), h('button', { type: 'button', 'data-action': 'escape' }, say.cancel)),
    presets(form, store, preset),
    layersPart(form),
    h('div', { class: 'recipe' }, ...recipePart(form)),
    dataPart(form),
    h('p', { class: 'fault general', role: 'alert' }),
    h('div', { class: 'dialog-foot' }, h('button', { class: 'primary', 'data-action': 'submit-network' }, say.create)));
}

/** The service's presets are opened as they are; ours fill the form, to be changed. */
function presets(form: Form, store: Store, preset: (name: string) => void): HTMLElement {
  const { say } = form;
  const ready = (form.catalog?.presets ?? []).map(({ name }) => {
    const button = h('button', { type: 'button', 'data-action': `preset:${name}` }, say.names[name] ?? name);
    button.addEventListener('click', () => store.run('create-network', { spec: { preset: name }, tidy: false }));
    return button;
  });
  const own = (['regression', 'xor'] as const).map((name) => {
    const button = h('button', { type: 'button', 'data-action': `draft:${name}` }, say.ownPresets[name]);
    button.addEventListener('click', () => preset(name));
    return button;
  });
  return h('div', { class: 'presets' }, h('span', { class: 'muted' }, say.presets), ...ready, ...own);
}

function submit(dialog: HTMLDialogElement, store: Store, draft: Draft): void {
  const { spec, faults } = requested(store, draft);
  showFaults(dialog, faults);
  if (spec) store.run('create-network', { spec, tidy: draft.tidy });
  else dialog.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

function requested(store: Store, draft: Draft): ReturnType<typeof request> {
  const say = words(store.get().lang).create;
  return request(draft, { number: say.badNumber, tooLarge: say.tooLarge, size: say.badSize, seed: say.badSeed, noRows: say.noRows });
}

/** Asks the service about the text, unless a field beside it holds no number. */
function ask(dialog: HTMLDialogElement, store: Store, draft: Draft): void {
  if (draft.source !== 'csv' || !draft.csv.trim()) return store.set({ preview: null });
  const { spec, faults } = requested(store, draft);
  showFaults(dialog, faults);
  if (spec?.data) store.run('preview-data', spec.data);
}

/** What the service said: at the fields where it can, else in one line above the button. */
function answer(dialog: HTMLDialogElement, store: Store): void {
  const { problem, creating, lang } = store.get();
  const general = dialog.querySelector('.fault.general');
  const button = dialog.querySelector<HTMLButtonElement>('[data-action="submit-network"]');
  if (!general || !button) return;
  button.disabled = creating;
  button.textContent = creating ? words(lang).create.creating : words(lang).create.create;
  const left = problem ? showFaults(dialog, problem.faults.map((fault) => ({ ...fault, detail: told(lang, fault) }))) : [];
  general.textContent = problem ? [...(problem.faults.length ? [] : [told(lang, { code: problem.code, detail: problem.message })]), ...left].join(' ') : '';
}
