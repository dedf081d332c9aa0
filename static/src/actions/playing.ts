/** Motion and playing: one tween from 0 to 1 for each stop, and, while playing, the next stop once its sentence is read. */
import { WHOLE } from '../model/cursor.ts';
import { clock, reducedMotion, type Stop } from '../paint/clock.ts';
import type { State, Store } from '../types/state.ts';
import { stepForward } from './stepping.ts';

const CALCULATION_MS = 900;
const PHASE_MS = 2400;
const RESULT_MS = 4000;
const MS_A_LETTER = { en: 55, ko: 110 } as const;
const LEAST_MS = 1500;

const nothing: Stop = () => undefined;
let stopMotion = nothing;
let stopWaiting = nothing;

export function followMotion(store: Store): void {
  store.subscribe((now, was) => {
    if (now.cursor !== was.cursor) begin(store, now);
    else if (now.playing !== was.playing) wait(store, now);
  });
}

function begin(store: Store, state: State): void {
  stopMotion();
  if (state.t < 1) {
    if (reducedMotion()) store.set({ t: 1 });
    else stopMotion = clock.play(motionMs(state), (t) => store.set({ t }));
  }
  wait(store, state);
}

function wait(store: Store, state: State): void {
  stopWaiting();
  if (!state.playing) return;
  const cursor = state.cursor;
  stopWaiting = clock.play(Math.max(motionMs(state), readingMs(state)), () => undefined, () => {
    if (store.get().playing && store.get().cursor === cursor) void stepForward(store, store.get().grain);
  });
}

const motionMs = ({ cursor, speed }: State): number => (cursor.index === WHOLE ? PHASE_MS : CALCULATION_MS) / speed;

/** A stop lasts at least as long as its sentence takes to read; a Korean letter holds about two of ours. */
function readingMs({ card, lang, speed, result }: State): number {
  if (result) return RESULT_MS / speed;
  const letters = (card?.sentence ?? []).reduce((sum, { text }) => sum + text.length, 0);
  return Math.max(LEAST_MS, letters * MS_A_LETTER[lang]) / speed;
}
