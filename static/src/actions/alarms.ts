/** Alarms follow the step that is looked at; they never hold up a move, and fail silently: they come with the next one. */
import { alarms, ApiError } from '../api.ts';
import type { State, Store } from '../types/state.ts';
import { enqueue, settled, showRow } from './session.ts';
import { select } from './selecting.ts';
import { arrive, here } from './travel.ts';

/** A scrub passes many steps; only where it rests is asked about. */
const REST_MS = 200;

export function followAlarms(store: Store): void {
  let timer = 0;
  store.subscribe((now, was) => {
    if (keyOf(now) === keyOf(was)) return;
    if (now.alarms.length) store.set({ alarms: [] });
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(store), REST_MS);
  });
}

/** Everything that an answer depends on. */
function keyOf({ network, moment, lang }: State): string {
  return [network?.id, network?.revision, moment?.step, lang].join();
}

/** After what is on its way, which may leave no step to ask about. */
async function refresh(store: Store): Promise<void> {
  await settled();
  const { network, moment, lang, training, offline, gone } = store.get();
  if (!network?.spec.data || !moment || training || offline || gone) return;
  const key = keyOf(store.get());
  try {
    const found = await alarms(network.id, moment.step, lang);
    if (keyOf(store.get()) === key) store.set({ alarms: found });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** "Show me where": the factor of an alarm, at the example where it has its value. */
export function showAlarm(store: Store, place: number): Promise<void> {
  return enqueue(store, async () => {
    const factor = store.get().alarms[place]?.factor;
    if (!factor) return;
    if (factor.example !== store.get().example) {
      showRow(factor.example);
      store.set({ example: factor.example });
      await arrive(store, here(store.get()), { t: 1 });
    }
    await select(store, factor.name);
  });
}
