/**
 * Moving the cursor. A move waits until the values and the explanation of where it goes are here and then sets all of
 * it at once: what is on the screen is always of one moment. Nothing on this page changes by looking at it.
 */
import { bareMoment } from '../model/bare.ts';
import { calculationAt, next, prev, restOf, sameCursor, WHOLE } from '../model/cursor.ts';
import type { Card, NetworkDoc } from '../types/domain.ts';
import type { Cursor, Grain, Result, State, Store } from '../types/state.ts';
import { readAround } from './reading.ts';
import { enqueue, session } from './session.ts';

const AHEAD = 6;

export interface Stop { readonly cursor: Cursor; readonly fresh: boolean }

/** The name of the card that explains a stop: one calculation, or the phase as a whole. */
export function subjectOf(state: State, cursor: Cursor): string {
  return calculationAt(state.calculations, cursor)?.name ?? `phase:${cursor.phase}`;
}

/** Arrives at a stop: values, card and cursor change together. To be called inside the queue. */
export async function arrive(store: Store, stop: Stop, more: Partial<State> = {}): Promise<void> {
  await readAround(store, stop.cursor);
  const state = store.get();
  const here = session();
  if (!here || !state.network) return;
  if (!state.network.spec.data) return store.set(withoutData(state.network));
  const last = Math.max(state.network.step, stop.cursor.step);
  const [moment, card, headline] = await Promise.all([
    here.recording.moment(stop.cursor.step, last),
    cardAt(store, subjectOf(state, stop.cursor), stop.cursor.step, ['headline', ...ahead(state, stop)]),
    cardAt(store, 'headline', stop.cursor.step),
  ]);
  store.set({
    cursor: stop.cursor, fresh: stop.fresh, moment, card, headline, t: 0,
    selection: null, nudge: null, editing: null, result: null, tab: 'now', derivation: null, ...more,
  });
  here.recording.prefetch(stop.cursor.step, last);
}

/** The only place to be without data: nothing to walk through, the parameters to be seen and edited. */
const withoutData = (network: NetworkDoc): Partial<State> => ({
  cursor: restOf(network.step), fresh: true, moment: bareMoment(network), card: null, headline: null, t: 1,
  selection: null, nudge: null, editing: null, result: null, tab: 'now', derivation: null,
});

/** The card, and in the same request the ones that the next stops will want. */
export async function cardAt(store: Store, name: string, step: number, later: readonly string[] = []): Promise<Card | null> {
  const { lang, example } = store.get();
  return await session()?.shelf.card(name, { step, example, lang }, later) ?? null;
}

function ahead(state: State, from: Stop): string[] {
  const names: string[] = [];
  let stop: Stop | null = from;
  while (names.length < AHEAD && stop) {
    stop = stopAfter(stop, state, state.grain);
    if (stop.cursor.step !== from.cursor.step) break;
    names.push(subjectOf(state, stop.cursor));
  }
  return names;
}

/** The stop after this one; its step may be one that nobody has taken yet. */
export function stopAfter({ cursor, fresh }: Stop, state: State, grain: Grain): Stop {
  const first: Cursor = { ...cursor, index: 0 };
  if (fresh && grain === 'calculation' && state.calculations.counts[cursor.phase] > 0) return { cursor: first, fresh: false };
  const to = next(cursor, state.calculations, grain);
  return { cursor: to, fresh: to.step !== cursor.step };
}

/** Undoes `stopAfter`. */
export function stopBefore({ cursor, fresh }: Stop, state: State, grain: Grain): Stop | null {
  if (grain === 'calculation' && cursor.phase === 'forward' && cursor.index === 0) return { cursor: restOf(cursor.step), fresh: true };
  if (grain === 'calculation' && fresh) return cursor.step > 0 ? { cursor: { step: cursor.step - 1, phase: 'update', index: WHOLE }, fresh: false } : null;
  const to = prev(cursor, state.calculations, grain);
  return to && { cursor: to, fresh: grain !== 'calculation' && sameCursor(to, restOf(to.step)) };
}

export const here = (state: State): Stop => ({ cursor: state.cursor, fresh: state.fresh });

export function goTo(store: Store, choose: (state: State) => Stop | null, more: Partial<State> = {}): Promise<void> {
  return enqueue(store, async () => {
    const stop = choose(store.get());
    if (stop) await arrive(store, stop, more);
  });
}

export const goBack = (store: Store, grain: Grain): Promise<void> =>
  goTo(store, (state) => stopBefore(here(state), state, grain), { t: 1 });

export const goToRest = (store: Store, step: number, more: Partial<State> = {}): Promise<void> =>
  goTo(store, () => ({ cursor: restOf(step), fresh: true }), { t: 1, ...more });

let scrubbed: number | null = null;

/** While a scrub waits for its turn a newer one only changes where it goes: no queue of stale steps builds up. */
export function scrub(store: Store, step: number): void {
  const waiting = scrubbed !== null;
  scrubbed = step;
  if (waiting) return;
  void goTo(store, (state) => {
    const to = Math.max(0, Math.min(scrubbed ?? 0, state.network?.step ?? 0));
    scrubbed = null;
    return { cursor: { ...state.cursor, step: to, index: state.result ? WHOLE : state.cursor.index }, fresh: state.fresh };
  }, { t: 1 });
}

/** The numbers before and after, for the result card. */
export async function resultOf(store: Store, from: number, to: number): Promise<Result | null> {
  const recording = session()?.recording;
  const last = Math.max(store.get().network?.step ?? 0, to);
  if (!recording) return null;
  const [before, after] = await Promise.all([recording.moment(from, last), recording.moment(to, last)]);
  return { from, to, before, after };
}
