/** Looking at one number: tapping it anywhere opens its explanation. It moves nothing and edits nothing. */
import { derivation, gradientCheck } from '../api.ts';
import { cursorAt, WHOLE } from '../model/cursor.ts';
import type { GradientCheck } from '../types/domain.ts';
import type { Store } from '../types/state.ts';
import { parameterOf } from '../model/places.ts';
import { enqueue, showRow } from './session.ts';
import { arrive, cardAt, here, subjectOf } from './travel.ts';

/** To be called inside the queue. */
export async function select(store: Store, name: string): Promise<void> {
  const { cursor } = store.get();
  const card = await cardAt(store, name, cursor.step) ?? await cardAt(store, `dE/d${name}`, cursor.step);
  if (card) store.set({ card, selection: name, nudge: null, result: null, tab: 'now', derivation: null, playing: false, t: 1 });
}

export const selectName = (store: Store, name: string): Promise<void> => enqueue(store, () => select(store, name));

/** Back to what the stepper looks at. */
export function unselect(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const state = store.get();
    const card = await cardAt(store, subjectOf(state, state.cursor), state.cursor.step);
    store.set({ card, selection: null, nudge: null, tab: 'now', derivation: null, result: null });
  });
}

/** The question of the result card is about the step that was just taken: go there, to the gradient itself. */
export function askWhy(store: Store, about: string): Promise<void> {
  return enqueue(store, async () => {
    const { result, cursor, calculations } = store.get();
    const step = result ? result.from : cursor.step;
    const to = cursorAt(calculations, step, `${about}+`);
    await arrive(store, { cursor: to ?? { step, phase: 'update', index: WHOLE }, fresh: false }, { t: 1 });
    if (!to) await select(store, `${about}+`);
  });
}

export function showTab(store: Store, tab: string): Promise<void> {
  return enqueue(store, async () => {
    if (tab !== 'chain' && tab !== 'check') return store.set({ tab: 'now' });
    const { network, card, cursor, example } = store.get();
    store.set({ tab, derivation: null, check: null });
    const name = parameterOf(card?.name ?? '');
    if (!network || !name) return;
    if (tab === 'chain') store.set({ derivation: await derivation(network.id, name, cursor.step, example) });
    else store.set({ check: await measured(store, network.id, name, cursor.step) });
  });
}

/** A refusal is told like any other, and the tab says that nothing was measured. */
async function measured(store: Store, id: string, name: string, step: number): Promise<GradientCheck> {
  try {
    return await gradientCheck(id, name, step);
  } catch (error) {
    store.set({ check: 'failed' });
    throw error;
  }
}

/** Another row of the batch: the same stop, other numbers. */
export function showExample(store: Store, example: number): Promise<void> {
  return enqueue(store, async () => {
    showRow(example);
    store.set({ example });
    await arrive(store, here(store.get()), { t: 1 });
  });
}
