/**
 * Changing what is recorded: an edit, a reset, and undo of both. The service keeps every entry, so that undo is a
 * reset to the entry before. Editing the past leaves the later steps off the line and says so.
 */
import { ApiError, network as fetchNetwork, patchParameters, reset } from '../api.ts';
import { restOf } from '../model/cursor.ts';
import { grouped, overview, parseNumber, shown, tooLarge } from '../model/numbers.ts';
import { told, words } from '../i18n/index.ts';
import type { NetworkDoc } from '../types/domain.ts';
import type { State, Store } from '../types/state.ts';
import { loadHistory } from './history.ts';
import { parameterOf } from '../model/places.ts';
import { notify } from './notices.ts';
import { enqueue, forgetFrom } from './session.ts';
import { arrive, here, type Stop } from './travel.ts';

interface Undo { readonly network: string; readonly seq: number; readonly stop: Stop }
const undos: Undo[] = [];

/** The parameter that an edit would be about: the one asked for, else the one that is explained. */
export const editable = (state: State, asked?: unknown): string | null =>
  parameterOf(typeof asked === 'string' ? asked : state.selection ?? state.card?.name ?? '');

export function beginEdit(store: Store, asked?: unknown): void {
  const state = store.get();
  const name = editable(state, asked);
  const value = name ? state.moment?.value(name) : undefined;
  if (name && value !== undefined) store.set({ editing: { name, text: exactly(value), fault: null }, playing: false, nudge: null });
}

/** Short floats as people write them; long ones in full, because a box that is kept unchanged must not change anything. */
const exactly = (value: number): string => (String(value).length <= 6 ? shown('w1', value) : String(value)).replace('\u2212', '-');

export function typeEdit(store: Store, text: string): void {
  const editing = store.get().editing;
  if (editing) store.set({ editing: { ...editing, text, fault: null } });
}

export function keepEdit(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const { editing, lang, network, cursor, moment } = store.get();
    if (!editing || !network) return;
    const value = parseNumber(editing.text);
    if (value === null) return store.set({ editing: { ...editing, fault: words(lang).edit[tooLarge(editing.text) ? 'tooLarge' : 'bad'](editing.text) } });
    if (value === moment?.value(editing.name)) return store.set({ editing: null });
    try {
      await edit(store, network, cursor.step, editing.name, value);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error;
      store.set({ editing: { ...editing, fault: told(lang, error.faults[0] ?? { code: error.code, detail: error.message }) } });
    }
  });
}

async function edit(store: Store, network: NetworkDoc, step: number, name: string, value: number): Promise<void> {
  const say = words(store.get().lang).edit;
  const undo = { network: network.id, seq: network.seq, stop: here(store.get()) };
  const forks = step < network.step;
  if (forks && !store.get().history) await loadHistory(store); // what leaves the line stays in the charts
  if (forks) await reset(network.id, { step });
  try {
    await patchParameters(network.id, { [name]: value });
  } catch (error) {
    if (forks) await reset(network.id, { seq: network.seq });
    throw error;
  }
  undos.push(undo);
  if (forks) store.set({ past: store.get().history });
  await reread(store, step, here(store.get()));
  const done = say.done(name, overview(value, 6));
  notify(store, forks ? `${done} ${say.forked(grouped(step + 1), grouped(network.step))}` : done, true);
}

export function resetToStart(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const { network, lang } = store.get();
    if (!network) return;
    const undo = { network: network.id, seq: network.seq, stop: here(store.get()) };
    await reset(network.id, { step: 0 });
    undos.push(undo);
    await reread(store, 0, { cursor: restOf(0), fresh: true });
    notify(store, words(lang).edit.reset, true);
  });
}

export function undo(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const { network, lang } = store.get();
    const last = undos.pop();
    if (!network || !last || last.network !== network.id) return notify(store, words(lang).edit.nothing);
    await reset(network.id, { seq: last.seq });
    store.set({ past: null });
    await reread(store, 0, last.stop);
    store.set({ notices: [] });
    notify(store, words(lang).edit.undone);
  });
}

/** Reads the network again and stands where it stood; what was cached from `step` on is asked for anew. */
export async function reread(store: Store, step: number, stop: Stop): Promise<void> {
  const id = store.get().network?.id;
  if (!id) return;
  const network = await fetchNetwork(id);
  forgetFrom(step);
  store.set({ network });
  const cursor = stop.cursor.step <= network.step ? stop.cursor : restOf(network.step);
  await arrive(store, { cursor, fresh: stop.fresh || cursor !== stop.cursor }, { t: 1 });
  void loadHistory(store);
}

/** The network was changed elsewhere: everything is asked for again, and it is said. */
export function rereadAll(store: Store): Promise<void> {
  return enqueue(store, async () => {
    await reread(store, 0, here(store.get()));
    const { network, lang } = store.get();
    notify(store, words(lang).trouble.elsewhere(grouped(network?.step ?? 0)));
  });
}
