/**
 * One update. A recorded one is replayed from what is kept; only at the end of the line is the service asked for a new
 * one, and only when its slips are applied: up to then a step is nothing but looking.
 */
import { takeSteps } from '../api.ts';
import { restOf } from '../model/cursor.ts';
import type { Grain, Store } from '../types/state.ts';
import { loadHistory } from './history.ts';
import { enqueue, session } from './session.ts';
import { viewing } from './sharing.ts';
import { arrive, here, resultOf, stopAfter } from './travel.ts';

/** Next: one grain on. Past the last stop of a step the slips are applied. */
export function stepForward(store: Store, grain: Grain): Promise<void> {
  return enqueue(store, async () => {
    const state = store.get();
    const stop = stopAfter(here(state), state, grain);
    if (stop.cursor.step > state.cursor.step) await applyStep(store);
    else await arrive(store, stop);
  });
}

export const wholeStep = (store: Store): Promise<void> => enqueue(store, () => applyStep(store));

/** To be called inside the queue. */
export async function applyStep(store: Store): Promise<void> {
  const { network, cursor } = store.get();
  if (!network) return;
  if (!network.spec.data) throw new Error('applyStep needs data');
  const to = cursor.step + 1;
  if (to > network.step && viewing(store.get())) return store.set({ playing: false });
  if (to > network.step) await recordOne(store);
  await arrive(store, { cursor: restOf(to), fresh: true }, { result: await resultOf(store, to - 1, to), playing: store.get().playing });
}

async function recordOne(store: Store): Promise<void> {
  const network = store.get().network;
  if (!network) return;
  const answer = await takeSteps(network.id, 1);
  if (answer.step !== network.step + 1) store.run('reread');
  session()?.recording.forgetFrom(answer.step);
  store.set({ network: { ...network, revision: answer.revision, step: answer.step, seq: answer.seq, loss: answer.loss_after, first_not_finite: answer.first_not_finite } });
  void loadHistory(store);
}
