/** One line that says what the network is for: what goes in, what should come out, what comes out now. */
import { viewing } from '../actions/sharing.ts';
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';
import { segments } from './segments.ts';

export function mountHeadline(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, state.held, state.headline, state.network, state.example], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const { network, headline, lang } = state;
  if (!network) return replace(host, h('p', { class: 'skeleton-line' }));
  if (!network.spec.data) return replace(host, h('p', {}, words(lang).headline.without), note(state));
  replace(host, h('p', {}, ...segments(headline?.sentence ?? [])), note(state), examplePicker(state));
}

const note = (state: State): HTMLElement | false =>
  viewing(state) && h('span', { class: 'looking', role: 'note', title: words(state.lang).looking.why }, words(state.lang).looking.note);

function examplePicker(state: State): HTMLElement | null {
  const rows = state.network?.spec.data?.inputs?.length ?? 1;
  if (rows < 2) return null;
  const say = words(state.lang).headline;
  const count = Math.min(state.network?.spec.batch.size ?? rows, rows);
  return h('label', { class: 'example' }, h('select', { 'data-action': 'example', 'aria-label': say.pick },
    ...Array.from({ length: count }, (_, row) => h('option', { value: row, selected: row === state.example }, say.example(row + 1, count)))));
}
