/** The first sight: one glowing button, and below it the way that one step goes, one stop of each kind. */
import { overview } from '../../model/numbers.ts';
import { PHASES } from '../../model/reading.ts';
import type { Calculation } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { icon } from '../icons.ts';
import { pretty } from '../pretty.ts';
import { mode } from './mode.ts';

const STOPS = 12;

export function mountStart(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.calculations, state.moment, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'start' || state.calculations.total === 0;
  if (host.hidden) return;
  const say = words(state.lang).panel;
  replace(host,
    h('button', { type: 'button', class: 'glow', 'data-action': 'play' }, icon('play'), say.slowly),
    h('h3', { class: 'section-title' }, say.wayThere),
    h('ol', { class: 'stops' }, ...oneOfEachKind(PHASES.flatMap((phase) => state.calculations.known(phase))).map((stop) => h('li', {}, stopButton(state, stop)))),
    h('p', { class: 'note' }, say.inOwnTime));
}

function stopButton(state: State, { name, phase }: Calculation): HTMLElement {
  const value = state.moment?.value(name);
  const known = (phase === 'forward' || phase === 'error') && value !== undefined;
  return h('button', { type: 'button', class: 'stop', 'data-action': `select:${name}`, 'data-lights': name },
    h('span', {}, pretty(name)), h('span', { class: 'muted' }, known ? overview(value) : ''));
}

/** net_h1 and net_h2 are of one kind; net_o1 is, too. */
function oneOfEachKind(all: readonly Calculation[]): readonly Calculation[] {
  const kinds = new Map<string, Calculation>();
  for (const stop of all) {
    const kind = stop.name.replace(/(net|out)_[ho]/g, '$1').replace(/\d+/g, '');
    if (!kinds.has(kind)) kinds.set(kind, stop);
  }
  return [...kinds.values()].slice(0, STOPS);
}
