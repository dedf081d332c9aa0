/**
 * What belongs to the open network and is no state to draw: its caches, and the one queue in which everything that
 * moves the cursor or changes the network waits its turn, so that two quick clicks are two steps and never a race.
 */
import { structureOf } from '../model/structure.ts';
import { firstSeen } from '../model/strongest.ts';
import type { NetworkDoc } from '../types/domain.ts';
import type { Moment, Recorded, Store } from '../types/state.ts';
import type { Columns } from '../api.ts';
import { Recording } from './recording.ts';
import { Shelf } from './shelf.ts';
import { SparseRecording } from './sparse.ts';
import { guarded } from './trouble.ts';

export interface Session { readonly network: string; readonly shelf: Shelf; recording: Recorded; record(example: number): Recorded }

/** Up to so many values a step are fetched whole, for many steps at once; of larger networks only what is looked at. */
export const MOST_COLUMNS = 5000;

let current: Session | null = null;
let tail: Promise<unknown> = Promise.resolve();

export function openSession(store: Store, network: NetworkDoc, { names, complete }: Columns): void {
  const record = (example: number): Recorded => complete
    ? new Recording(network.id, names, example)
    : new SparseRecording(network.id, names, example, firstSeen(structureOf(network.spec)), () => void enqueue(store, () => refill(store)));
  current = { network: network.id, shelf: new Shelf(network.id), recording: record(0), record };
}

/** The drawing asked for values that are not here yet: the same moments again, with them. */
async function refill(store: Store): Promise<void> {
  const { moment, result } = store.get();
  const recording = current?.recording;
  if (!recording || !moment) return;
  const again = (of: Moment): Promise<Moment> => recording.moment(of.step, of.step);
  const filled = await again(moment);
  store.set({ moment: filled, result: result && { ...result, before: await again(result.before), after: await again(result.after) } });
}

/** Another row of the batch has other values, but the same names. */
export function showRow(example: number): void {
  if (current) current.recording = current.record(example);
}

export const session = (): Session | null => current;

/** Something before the step is as it was, everything from it on may differ. */
export function forgetFrom(step: number): void {
  current?.recording.forgetFrom(step);
  current?.shelf.forget();
}

/** Once everything that waits now is done. */
export const settled = (): Promise<unknown> => tail;

const WAIT_MS = 150;

/** Appends a job; it starts when all before it are done, and its troubles are told, not thrown. */
export function enqueue(store: Store, job: () => Promise<void>): Promise<void> {
  const turn = tail.then(() => guarded(store, () => patiently(store, job)));
  tail = turn.catch(() => undefined);
  return turn;
}

/** `waiting` rises only when an answer takes longer than a person would call at once. */
async function patiently(store: Store, job: () => Promise<void>): Promise<void> {
  const timer = window.setTimeout(() => store.set({ waiting: true }), WAIT_MS);
  try {
    await job();
  } finally {
    window.clearTimeout(timer);
    if (store.get().waiting) store.set({ waiting: false });
  }
}
