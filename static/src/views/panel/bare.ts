/** A network without data: said plainly, and the way on. */
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { mode } from './mode.ts';

export function mountBare(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'bare';
  if (host.hidden) return;
  const say = words(state.lang);
  replace(host,
    h('p', { class: 'say' }, say.trouble.noData),
    h('button', { type: 'button', class: 'glow', 'data-action': 'new-network' }, say.bar.newNetwork));
}
