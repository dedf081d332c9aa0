/** The stepper: always in view, one filled button, and where in the four phases the cursor stands. */
import { PHASES, WHOLE } from '../model/cursor.ts';
import type { PhaseName } from '../types/domain.ts';
import type { Grain, State, Store } from '../types/state.ts';
import { words } from '../i18n/index.ts';
import { h, replace, watch, type Child } from './dom.ts';
import { icon } from './icons.ts';
import { grouped } from './number.ts';
import { mountScrubRow } from './scrub-row.ts';
import { mountTrainMenu, TRAIN_MENU, USUAL_STEPS } from './train-menu.ts';

const GRAINS: readonly Grain[] = ['phase', 'calculation', 'step'];
export const SPEEDS = [0.5, 1, 2, 4] as const;

export function mountStepper(host: HTMLElement, store: Store): void {
  const transport = h('div', { class: 'transport' });
  const track = h('div', { class: 'track', role: 'group' });
  const grain = h('div', { class: 'grain' });
  const tail = h('div', { class: 'tail' });
  const scrubRow = h('div', { class: 'scrub-row' });
  host.replaceChildren(scrubRow, transport, track, grain, tail);
  mountScrubRow(scrubRow, store);
  mountTrainMenu(host, store);
  watch(store, (state) => [state.lang, state.playing, Boolean(state.network?.spec.data), quiet(state)], () => drawTransport(transport, store.get()));
  watch(store, (state) => [state.lang, state.cursor, state.calculations, state.fresh, Boolean(state.network?.spec.data)], () => drawTrack(track, store.get()));
  watch(store, (state) => [state.lang, state.grain], () => drawGrain(grain, store.get()));
  watch(store, (state) => [state.lang, state.speed, Boolean(state.training), Boolean(state.network?.spec.data)], () => drawTail(tail, store.get()));
  watch(store, (state) => [state.lang], () => host.setAttribute('aria-label', words(store.get().lang).stepper.label));
}

/** One filled call to action a screen: where the panel has the glowing one, Next is plain. */
const quiet = (state: State): boolean => (state.fresh && state.cursor.step === 0) || state.cursor.phase === 'update' || state.result !== null;

function drawTransport(host: HTMLElement, state: State): void {
  const say = words(state.lang).stepper;
  const disabled = !state.network?.spec.data;
  const button = (action: string, label: string, ...children: Child[]): HTMLElement =>
    h('button', { type: 'button', class: 'square', 'data-action': action, 'aria-label': label, title: label, disabled }, ...children);
  replace(host,
    button('home', say.home, icon('home')),
    button('step-back', say.back, icon('back')),
    h('button', { type: 'button', class: 'play', 'data-action': 'play', 'aria-label': state.playing ? say.pause : say.play, disabled }, icon(state.playing ? 'pause' : 'play'), h('span', {}, state.playing ? say.pause : say.play)),
    h('button', { type: 'button', class: quiet(state) ? 'next' : 'next primary', 'data-action': 'step-forward', disabled }, say.next, icon('next')));
}

function drawTrack(host: HTMLElement, state: State): void {
  host.setAttribute('aria-label', words(state.lang).stepper.phasesLabel);
  replace(host, ...PHASES.map((phase) => phaseButton(state, phase)));
}

function phaseButton(state: State, phase: PhaseName): HTMLElement {
  const say = words(state.lang).stepper;
  const here = state.cursor.phase === phase;
  const count = state.calculations.counts[phase];
  const at = state.cursor.index === WHOLE ? count : state.cursor.index + 1;
  const done = PHASES.indexOf(phase) < PHASES.indexOf(state.cursor.phase);
  return h('button', { type: 'button', class: 'phase', 'data-action': `phase:${phase}`, 'aria-current': here ? 'step' : undefined, 'data-done': done, disabled: !state.network?.spec.data },
    h('span', {}, say.phases[phase], here && count > 0 && !state.fresh && h('small', {}, ` ${at}/${count}`)),
    h('i', { 'aria-hidden': 'true', style: `--share:${here ? (count ? at / count : 1) : done ? 1 : 0}` }));
}

function drawGrain(host: HTMLElement, state: State): void {
  const say = words(state.lang).stepper;
  replace(host,
    h('span', { class: 'grain-label', id: 'grain-label' }, say.howClosely),
    h('div', { class: 'segments', role: 'group', 'aria-labelledby': 'grain-label' }, ...GRAINS.map((grain) =>
      h('button', { type: 'button', 'aria-pressed': String(state.grain === grain), 'data-action': `grain:${grain}` }, say.grains[grain]))),
    h('select', { class: 'grain-select', 'data-action': 'grain', 'aria-label': say.howClosely }, ...GRAINS.map((grain) =>
      h('option', { value: grain, selected: state.grain === grain }, say.grains[grain]))));
}

function drawTail(host: HTMLElement, state: State): void {
  const say = words(state.lang).stepper;
  const disabled = Boolean(state.training) || !state.network?.spec.data;
  replace(host,
    h('select', { class: 'speed', 'data-action': 'speed', 'aria-label': say.speed }, ...SPEEDS.map((speed) =>
      h('option', { value: speed, selected: speed === state.speed }, `${speed}×`))),
    h('button', { type: 'button', class: 'whole-step', 'data-action': 'step', disabled }, say.step),
    h('span', { class: 'train-split' },
      h('button', { type: 'button', 'data-action': 'train', 'data-argument': USUAL_STEPS, disabled }, say.trainGo(grouped(USUAL_STEPS))),
      h('button', { type: 'button', 'data-action': 'train-menu', popovertarget: TRAIN_MENU, disabled, 'aria-label': say.trainMenu, title: say.trainMenu }, h('span', {}, say.train), icon('down'))));
}
