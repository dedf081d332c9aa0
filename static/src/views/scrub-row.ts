/** Which step is looked at, of how many: the count always, the scrubber as soon as there is something to scrub. */
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { h, replace, watch } from './dom.ts';
import { icon } from './icons.ts';
import { grouped } from './number.ts';

export function mountScrubRow(host: HTMLElement, store: Store): void {
  const count = h('span', { class: 'step-count' });
  const range = h('input', { type: 'range', class: 'scrubber', 'data-action': 'scrub', min: 0, step: 1 });
  const controls = h('span', { class: 'row-controls' });
  host.replaceChildren(count, range, controls);
  range.addEventListener('input', () => store.run('scrub', Number(range.value)));
  watch(store, (state) => [state.lang, state.cursor.step, state.network?.step], () => {
    drawCount(count, store.get());
    drawRange(range, store.get());
  });
  watch(store, (state) => [state.lang, state.network?.step, state.tableOpen], () => drawControls(controls, store.get()));
}

function drawCount(host: HTMLElement, { lang, cursor, network }: State): void {
  const say = words(lang).stepper;
  replace(host, `${say.stepWord} `, h('b', { 'data-value': String(cursor.step) }, grouped(cursor.step)), network && network.step > 0 && ` ${say.of(grouped(network.step))}`);
}

function drawRange(range: HTMLInputElement, { lang, cursor, network }: State): void {
  const say = words(lang).stepper;
  range.hidden = !network || network.step < 1;
  range.max = String(network?.step ?? 0);
  range.value = String(cursor.step);
  range.setAttribute('aria-label', say.scrub);
  range.setAttribute('aria-valuetext', `${say.stepWord} ${cursor.step}`);
}

function drawControls(host: HTMLElement, { lang, network }: State): void {
  const { bar, stepper } = words(lang);
  const link = (action: string, text: string, name: Parameters<typeof icon>[0]): HTMLElement =>
    h('button', { type: 'button', class: 'link', 'data-action': action }, icon(name), h('span', {}, text));
  const moved = (network?.step ?? 0) > 0;
  replace(host, moved && link('end', stepper.end, 'next'), moved && link('reset', bar.reset, 'reset'), link('table', bar.table, 'table'));
}
