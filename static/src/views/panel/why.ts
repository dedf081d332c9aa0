/** The two grey lines below a formula: why it is so, and the trap in it. */
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { mode } from './mode.ts';

export function mountWhy(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const { why, trap } = state.card ?? { why: null, trap: null };
  host.hidden = mode(state) !== 'now' || (!why && !trap);
  if (host.hidden) return;
  replace(host,
    why && h('p', { class: 'why' }, h('strong', {}, why.question), ' ', why.answer),
    trap && h('p', { class: 'why' }, h('strong', {}, words(state.lang).panel.trap), ' ', trap));
}
