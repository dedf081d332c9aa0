/** Presenting and following: one page says where it stands, others go there. */
import { ApiError, point } from '../api.ts';
import { calculationAt, cursorAt, restOf, WHOLE } from '../model/cursor.ts';
import type { Pointer } from '../types/domain.ts';
import type { Cursor, State, Store } from '../types/state.ts';
import { enqueue } from './session.ts';
import { select } from './selecting.ts';
import { arrive } from './travel.ts';

const POINT_MS = 150;

export function present(store: Store): void {
  const presenting = !store.get().presenting;
  store.set({ presenting, following: false });
}

export function follow(store: Store): void {
  const { following, pointer } = store.get();
  store.set({ following: !following, playing: false });
  if (!following && pointer) void goThere(store, pointer);
}

/** The presenter has moved. A page that presents hears only of itself. */
export function pointed(store: Store, pointer: Pointer): void {
  if (store.get().presenting) return;
  store.set({ pointer });
  if (store.get().following) void goThere(store, pointer);
}

function goThere(store: Store, pointer: Pointer): Promise<void> {
  return enqueue(store, async () => {
    const { following, network } = store.get();
    if (!following || !network?.spec.data || pointer.step > network.step) return;
    const cursor = cursorOf(store.get(), pointer);
    await arrive(store, { cursor, fresh: pointer.phase === null }, {});
    if (pointer.selection !== null) await select(store, pointer.selection);
  });
}

function cursorOf({ calculations }: State, { step, phase, quantity }: Pointer): Cursor {
  if (phase === null) return restOf(step);
  const named = quantity === null ? undefined : cursorAt(calculations, step, quantity);
  return named ?? { step, phase, index: WHOLE };
}

const placeOf = ({ cursor, fresh, selection, calculations, example }: State): Partial<Pointer> => ({
  step: cursor.step,
  phase: fresh ? null : cursor.phase,
  quantity: calculationAt(calculations, cursor)?.name ?? null,
  selection,
  example,
});

/** While presenting, every stop is told; of stops in quick succession only the last. */
export function followPresenter(store: Store): void {
  let timer = 0;
  const tell = (): void => {
    const state = store.get();
    if (state.network && state.presenting) point(state.network.id, placeOf(state)).catch((error: unknown) => stop(store, error));
  };
  store.subscribe((now, was) => {
    const moved = now.cursor !== was.cursor || now.selection !== was.selection || now.presenting !== was.presenting;
    if (now.network?.id !== was.network?.id && was.network) store.set({ presenting: false, following: false, pointer: null });
    if (!now.presenting || !moved) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(tell, POINT_MS);
  });
}

/** A place that was lost on the way is told again with the next one; a refusal ends presenting. */
function stop(store: Store, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (!error.offline && error.status !== 404) store.set({ presenting: false, problem: { code: error.code, message: error.message, faults: error.faults } });
}
