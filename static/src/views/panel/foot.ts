/** The one filled button of the update phase: nothing is new until it is pressed. */
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { grouped } from '../number.ts';
import { h, replace, watch } from '../dom.ts';
import { mode } from './mode.ts';

export function mountFoot(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.cursor, state.calculations, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'now' || state.cursor.phase !== 'update';
  if (host.hidden) return;
  const count = state.calculations.counts.update;
  const say = words(state.lang).lens;
  replace(host, h('button', { type: 'button', class: 'glow', 'data-action': 'apply' },
    count > 0 ? say.apply(count) : say.next(state.cursor.step + 1), h('span', { class: 'visually-hidden' }, ` (${words(state.lang).stepper.stepWord} ${grouped(state.cursor.step + 1)})`)));
}
