/** The sentence: meaning first, then numbers, then consequence. Its numbers have the colours of the formula below. */
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { segments } from '../segments.ts';
import { mode } from './mode.ts';

export function mountSentence(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state), state.waiting, state.selection], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const shown = mode(state);
  host.hidden = !['now', 'start'].includes(shown) && !(shown === 'empty' && state.waiting);
  if (host.hidden) return;
  const card = state.card;
  if (!card) return replace(host, state.waiting ? skeleton(state) : h('p', { class: 'muted' }, words(state.lang).panel.noCard));
  replace(host,
    h('p', { class: 'say' }, ...segments(card.sentence)),
    card.note.length > 0 && h('p', { class: 'note' }, ...segments(card.note)));
}

const skeleton = (state: State): HTMLElement =>
  h('div', { class: 'skeleton', role: 'status', 'aria-label': words(state.lang).panel.loading }, h('i'), h('i'), h('i'));
