/** A running training: how far, how fast, how long still; the curve beside it is live. */
import { overview } from '../../model/numbers.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { full, grouped } from '../number.ts';
import { mode } from './mode.ts';

export function mountTraining(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.training, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const training = state.training;
  host.hidden = mode(state) !== 'training';
  if (host.hidden || !training) return;
  const say = words(state.lang).training;
  replace(host,
    h('p', { class: 'say' }, training.state === 'queued' ? say.queued : say.progress(grouped(training.done), grouped(training.total))),
    h('progress', { value: training.done, max: Math.max(1, training.total), 'aria-label': say.title }),
    h('p', { class: 'note' }, [
      training.rate ? say.rate(grouped(training.rate)) : '',
      training.seconds_left !== null ? say.left(overview(Math.ceil(training.seconds_left))) : '',
    ].filter(Boolean).join(' · ')),
    training.loss !== null && h('p', {}, say.error, h('strong', { 'data-value': full(training.loss) }, overview(training.loss))),
    h('button', { type: 'button', 'data-action': 'cancel-training' }, say.cancel));
}
