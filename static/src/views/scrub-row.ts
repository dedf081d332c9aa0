/** Which step is looked at, of how many: the count always, the scrubber as soon as there is something to scrub. */
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { mountScrubber } from './charts/scrubber.ts';
import { h, replace, watch } from './dom.ts';
import { icon } from './icons.ts';
import { grouped } from './number.ts';

export function mountScrubRow(host: HTMLElement, store: Store): void {
  const count = h('span', { class: 'step-count' });
  const controls = h('span', { class: 'row-controls' });
  host.replaceChildren(count);
  mountScrubber(host, store);
  host.append(controls);
  watch(store, (state) => [state.lang, state.cursor.step, state.network?.step], () => drawCount(count, store.get()));
  watch(store, (state) => [state.lang, state.network?.step, state.cursor.step], () => drawControls(controls, store.get()));
}

function drawCount(host: HTMLElement, { lang, cursor, network }: State): void {
  const say = words(lang).stepper;
  replace(host, `${say.stepWord} `, h('b', { 'data-value': String(cursor.step) }, grouped(cursor.step)), network && network.step > 0 && ` ${say.of(grouped(network.step))}`);
}

function drawControls(host: HTMLElement, { lang, network, cursor }: State): void {
  const { bar, stepper } = words(lang);
  const link = (action: string, text: string, name: Parameters<typeof icon>[0], disabled = false): HTMLElement =>
    h('button', { type: 'button', class: 'link', 'data-action': action, title: text, disabled }, icon(name), h('span', {}, text));
  const moved = (network?.step ?? 0) > 0;
  const behind = moved && cursor.step < (network?.step ?? 0);
  replace(host, behind && link('end', stepper.end, 'next'), link('reset', bar.reset, 'reset', !moved), link('table', bar.table, 'table'));
}
