/**
 * What belongs to the open network and is no state to draw: its caches, and the one queue in which everything that
 * moves the cursor or changes the network waits its turn, so that two quick clicks are two steps and never a race.
 */
import type { Store } from '../types/state.ts';
import { Recording } from './recording.ts';
import { Shelf } from './shelf.ts';
import { guarded } from './trouble.ts';

export interface Session { readonly network: string; readonly columns: readonly string[]; recording: Recording; readonly shelf: Shelf }

let current: Session | null = null;
let tail: Promise<unknown> = Promise.resolve();

export function openSession(network: string, columns: readonly string[]): Session {
  current = { network, columns, recording: new Recording(network, columns, 0), shelf: new Shelf(network) };
  return current;
}

/** Another row of the batch has other values, but the same names. */
export function showRow(example: number): void {
  if (current) current.recording = new Recording(current.network, current.columns, example);
}

export const session = (): Session | null => current;

/** Something before the step is as it was, everything from it on may differ. */
export function forgetFrom(step: number): void {
  current?.recording.forgetFrom(step);
  current?.shelf.forget();
}

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
