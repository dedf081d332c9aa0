/** What is going wrong, and where: shown only when something is. */
import { words, type Words } from '../../i18n/index.ts';
import type { Alarm } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { h, replace, watch } from '../dom.ts';

/** The first one stands there; the others wait behind a line that says how many they are. */
const FEW = 1;

export function mountAlarms(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.alarms, state.lang, state.training], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = state.alarms.length === 0 || state.training !== null;
  if (host.hidden) return;
  const say = words(state.lang).alarms;
  const rows = state.alarms.map((alarm, place) => row(alarm, place, say));
  replace(host,
    h('ul', { class: 'alarm-list', 'aria-label': say.title }, ...rows.slice(0, FEW)),
    rows.length > FEW && h('details', {}, h('summary', {}, say.more(rows.length - FEW)), h('ul', { class: 'alarm-list', 'aria-label': say.others }, ...rows.slice(FEW))));
}

function row(alarm: Alarm, place: number, say: Words['alarms']): HTMLElement {
  return h('li', { class: 'alarm', 'data-alarm': alarm.kind },
    h('p', {}, alarm.sentence),
    h('button', { type: 'button', class: 'small', 'data-action': `show-alarm:${place}`, 'aria-label': say.showLabel(alarm.factor.name) }, say.show));
}
