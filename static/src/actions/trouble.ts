/** What happens when a request fails: each kind of trouble is told in the one place where it belongs. */
import { ApiError, network } from '../api.ts';
import type { Problem, Store } from '../types/state.ts';

const RETRY_MS = 2000;
let retrying = 0;

/** Runs a job; a refusal becomes state and the answer is undefined. */
export async function guarded<T>(store: Store, job: () => Promise<T>): Promise<T | undefined> {
  try {
    const answer = await job();
    if (store.get().problem) store.set({ problem: null });
    return answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    report(store, error);
    return undefined;
  }
}

function report(store: Store, error: ApiError): void {
  if (error.offline) goOffline(store);
  else if (error.status === 404 && !store.get().gone) void askWhetherGone(store, error);
  else store.set({ problem: problemOf(error), playing: false });
}

const problemOf = ({ code, message, faults }: ApiError): Problem => ({ code, message, faults });

/** A 404 may be about a name or a step; only when the network itself is missing is it gone. None is open: it was the start's. */
async function askWhetherGone(store: Store, error: ApiError): Promise<void> {
  const id = store.get().network?.id;
  try {
    if (!id) return store.set({ gone: true, playing: false });
    await network(id);
    store.set({ problem: problemOf(error), playing: false });
  } catch (second) {
    if (second instanceof ApiError && second.status === 404) store.set({ gone: true, playing: false });
    else goOffline(store);
  }
}

/** Asks whether the service is back; what is on the screen stays as it is. */
export async function probe(store: Store): Promise<void> {
  const before = store.get().network;
  const now = before && await guarded(store, () => network(before.id));
  if (!now) return;
  store.set({ offline: false });
  if (now.step !== before.step || now.revision !== before.revision) store.run('reread');
}

function goOffline(store: Store): void {
  store.set({ offline: true, playing: false });
  window.clearTimeout(retrying);
  retrying = window.setTimeout(() => store.run('retry'), RETRY_MS);
}
