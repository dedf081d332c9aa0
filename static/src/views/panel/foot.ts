/** The one filled button of the update phase and of the result: always in view, whatever the body above it holds. */
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { grouped } from '../number.ts';
import { h, replace, watch } from '../dom.ts';
import { mode } from './mode.ts';
import { question } from './question.ts';

export function mountFoot(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.cursor, state.calculations, state.lang, mode(state), state.result], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const button = buttonOf(state);
  host.hidden = button === null;
  replace(host, button);
}

function buttonOf(state: State): HTMLElement | null {
  const shown = mode(state);
  if (shown === 'result' && state.result) return question(state, state.result);
  return shown === 'now' && state.cursor.phase === 'update' ? apply(state) : null;
}

/** Nothing is new until it is pressed. */
function apply(state: State): HTMLElement {
  const count = state.calculations.counts.update;
  const say = words(state.lang).lens;
  return h('button', { type: 'button', class: 'glow', 'data-action': 'apply' },
    count > 0 ? say.apply(count) : say.next(state.cursor.step + 1),
    h('span', { class: 'visually-hidden' }, ` (${words(state.lang).stepper.stepWord} ${grouped(state.cursor.step + 1)})`));
}
