/** Long runs: started, watched four times a second, cancelled; every step of them can be scrubbed afterwards. */
import { ApiError, cancelTraining, network as fetchNetwork, startTraining, training as fetchTraining } from '../api.ts';
import { restOf } from '../model/cursor.ts';
import { grouped } from '../model/numbers.ts';
import { words } from '../i18n/index.ts';
import type { NetworkDoc, TrainingDoc } from '../types/domain.ts';
import type { Store } from '../types/state.ts';
import { loadHistory, loadLive } from './history.ts';
import { notify } from './notices.ts';
import { enqueue, forgetFrom } from './session.ts';
import { arrive, resultOf } from './travel.ts';

const POLL_MS = 250;
const MOST_STEPS = 10_000_000;

export function train(store: Store, wanted: unknown): Promise<void> {
  const steps = Number(wanted);
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) return Promise.resolve();
  return enqueue(store, () => run(store, steps));
}

/** A training that was under way when the page was opened: it is watched to its end. */
export function resumeTraining(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const network = store.get().network;
    if (network) await watchRunning(store, network);
  });
}

/** To be called inside the queue, which then waits for the training to end. */
export async function watchRunning(store: Store, network: NetworkDoc): Promise<void> {
  if (network.training) await follow(store, network, await fetchTraining(network.id, network.training));
}

async function run(store: Store, steps: number): Promise<void> {
  const network = store.get().network;
  if (network && !store.get().training) await follow(store, network, await startTraining(network.id, steps));
}

async function follow(store: Store, network: NetworkDoc, started: TrainingDoc): Promise<void> {
  const from = network.step;
  const chartsOpen = store.get().chartsOpen;
  store.set({ training: started, result: null, selection: null, nudge: null, playing: false, chartsOpen: true });
  try {
    const ended = await watchTraining(store, network.id, started);
    await finish(store, from, ended);
  } finally {
    store.set({ training: null, chartsOpen });
  }
}

const ENDS: readonly TrainingDoc['state'][] = ['succeeded', 'failed', 'cancelled'];

/** A poll that fails for want of a connection is tried again: the run goes on without us. */
async function watchTraining(store: Store, network: string, started: TrainingDoc): Promise<TrainingDoc> {
  let training = started;
  while (!ENDS.includes(training.state)) {
    await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
    try {
      training = await fetchTraining(network, started.id);
      store.set({ training, offline: false });
      void loadLive(store);
    } catch (error) {
      if (!(error instanceof ApiError && error.offline)) throw error;
      store.set({ offline: true });
    }
  }
  return training;
}

async function finish(store: Store, from: number, ended: TrainingDoc): Promise<void> {
  const say = words(store.get().lang).training;
  const id = store.get().network?.id;
  if (!id) return;
  const network = await fetchNetwork(id);
  forgetFrom(from + 1);
  store.set({ network, training: null });
  if (ended.state === 'cancelled') notify(store, say.cancelled(grouped(ended.done)));
  if (ended.state === 'failed') notify(store, say.failed + (ended.problem ?? ''));
  const result = network.step > from ? await resultOf(store, from, network.step) : null;
  await arrive(store, { cursor: restOf(network.step), fresh: true }, { result, t: 1 });
  await loadHistory(store);
}

/** Outside the queue: the training holds it until it ends. */
export async function cancel(store: Store): Promise<void> {
  const { network, training } = store.get();
  if (network && training) await cancelTraining(network.id, training.id).catch(() => undefined);
}
