/** How many steps: a small menu beside the button that trains the usual 10 000. */
import { words } from '../i18n/index.ts';
import type { Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';
import { grouped } from './number.ts';

export const TRAIN_MENU = 'train-menu';
export const USUAL_STEPS = 10_000;
const QUICK = [10, 100, 1000, 10_000, 100_000] as const;
const MOST = 10_000_000;

export function mountTrainMenu(host: HTMLElement, store: Store): void {
  const menu = h('div', { id: TRAIN_MENU, class: 'train-menu', popover: 'auto' });
  host.append(menu);
  watch(store, (state) => [state.lang], () => draw(menu, store));
}

function draw(menu: HTMLElement, store: Store): void {
  const say = words(store.get().lang).stepper;
  const start = (steps: number): void => {
    menu.hidePopover();
    store.run('train', steps);
  };
  const input = h('input', { inputmode: 'numeric', value: '1000', 'data-action': 'train-count', autocomplete: 'off' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const form = h('form', {},
    h('h3', { class: 'section-title' }, say.trainMenu),
    h('div', { class: 'quick' }, ...QUICK.map((steps) => quick(grouped(steps), steps, start))),
    h('label', {}, say.trainCount, input), fault,
    h('button', { class: 'primary', 'data-action': 'train-start' }, say.train));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const steps = Number(input.value.replace(/[\s_]/g, ''));
    const good = Number.isInteger(steps) && steps >= 1 && steps <= MOST;
    fault.textContent = good ? '' : say.trainBad;
    if (good) start(steps);
  });
  replace(menu, form);
}

function quick(label: string, steps: number, start: (steps: number) => void): HTMLElement {
  const button = h('button', { type: 'button', class: 'small', 'data-action': `train-quick:${steps}` }, label);
  button.addEventListener('click', () => start(steps));
  return button;
}
