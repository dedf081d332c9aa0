/**
 * What others do to the open network: it moves by itself, and whoever stood at its newest step goes along, so that a
 * class sees each step that its teacher makes.
 */
import { network as fetchNetwork } from '../api.ts';
import { restOf } from '../model/cursor.ts';
import { grouped } from '../model/numbers.ts';
import { words } from '../i18n/index.ts';
import type { Moved, NetworkDoc } from '../types/domain.ts';
import type { Store } from '../types/state.ts';
import { loadHistory } from './history.ts';
import { notify } from './notices.ts';
import { enqueue, forgetFrom } from './session.ts';
import { watchRunning } from './training.ts';
import { arrive, here, resultOf } from './travel.ts';

let newest: Moved | null = null;

/** What this page does itself is told too, and is known by then: jobs in the queue come one after another. */
export function moved(store: Store, news: Moved): void {
  const waiting = newest !== null;
  newest = news;
  if (waiting) return;
  void enqueue(store, async () => {
    const seen = newest;
    newest = null;
    const { network } = store.get();
    if (network && seen && seen.revision > network.revision) await catchUp(store, network);
  });
}

async function catchUp(store: Store, before: NetworkDoc): Promise<void> {
  const now = await fetchNetwork(before.id);
  const onlySteps = now.seq - before.seq === now.step - before.step;
  const along = store.get().cursor.step === before.step && now.step > before.step;
  forgetFrom(onlySteps ? before.step : 0);
  store.set({ network: now });
  if (now.training) return watchRunning(store, now);
  if (along) await goAlong(store, before.step, now.step);
  else if (now.seq !== before.seq) await stay(store, now);
  void loadHistory(store);
}

async function goAlong(store: Store, from: number, to: number): Promise<void> {
  const result = await resultOf(store, from, to);
  await arrive(store, { cursor: restOf(to), fresh: true }, { result });
}

/** Whoever looks at an earlier step is left there, as long as it is still on the line. */
async function stay(store: Store, now: NetworkDoc): Promise<void> {
  const stop = here(store.get());
  const cursor = stop.cursor.step <= now.step ? stop.cursor : restOf(now.step);
  await arrive(store, { cursor, fresh: stop.fresh || cursor !== stop.cursor }, { t: 1 });
  notify(store, words(store.get().lang).trouble.elsewhere(grouped(now.step)));
}
