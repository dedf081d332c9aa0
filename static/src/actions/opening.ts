/** Opening a network: the one in the address, the last one, or the worked example made afresh. */
import { ApiError, catalog, createNetwork, deleteNetwork, network as fetchNetwork, traceColumns } from '../api.ts';
import { cursorAt, restOf } from '../model/cursor.ts';
import type { NetworkDoc, NewNetwork } from '../types/domain.ts';
import type { Store } from '../types/state.ts';
import { loadHistory } from './history.ts';
import { sizedByText } from './previewing.ts';
import { readPlace, rememberNetwork, rememberedNetwork, type Place } from './place.ts';
import { openReading } from './reading.ts';
import { enqueue, MOST_COLUMNS, openSession } from './session.ts';
import { select } from './selecting.ts';
import { resumeTraining } from './training.ts';
import { arrive, type Stop } from './travel.ts';
import { heldFor, hold } from '../tokens.ts';

const EXAMPLE: NewNetwork = { preset: 'worked-example' };

/** Called once at the start, and again by `retry` while there is no network yet. */
export function boot(store: Store): Promise<void> {
  const opened = enqueue(store, async () => {
    const place = arrival(location);
    const network = place.network ? await fetchNetwork(place.network) : await lastOrExample();
    await show(store, network, place);
    store.set({ offline: false });
  });
  void enqueue(store, async () => store.set({ catalog: await catalog() }));
  return opened;
}

/** Where the address leads; the link in it is held from now on, so that it may be asked for. */
function arrival(address: URL | Location): Place {
  const place = readPlace(address);
  if (place.network && place.link) hold(place.network, place.link.role, { [place.link.role]: place.link.token });
  return place;
}

async function lastOrExample(): Promise<NetworkDoc> {
  const last = rememberedNetwork();
  try {
    if (last) return await fetchNetwork(last);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  return createNetwork(EXAMPLE);
}

/** To be called inside the queue. */
async function show(store: Store, network: NetworkDoc, place?: Place): Promise<void> {
  const [columns, stops] = await Promise.all([traceColumns(network.id, MOST_COLUMNS), openReading(network.id)]);
  openSession(store, network, columns);
  store.set({ network, held: heldFor(network.id), calculations: stops, example: 0, history: null, past: null, gone: false, problem: null });
  if (network.spec.data) rememberNetwork(network.id);
  const step = Math.min(place?.step ?? network.step, network.step);
  await arrive(store, { cursor: restOf(step), fresh: true }, { t: 1 });
  if (place?.at && network.spec.data) await returnTo(store, place.at);
  void loadHistory(store);
  void resumeTraining(store);
}

/** A link to another moment of the open network loads no new page; its steps may have been taken elsewhere. */
export function followHash(store: Store): void {
  window.addEventListener('hashchange', ({ newURL }) => void enqueue(store, async () => {
    const { network, training } = store.get();
    if (network && !training) {
      const place = arrival(new URL(newURL));
      await show(store, await fetchNetwork(network.id), place);
    }
  }));
}

/** Back to the quantity that a link or a language switch was looking at. */
async function returnTo(store: Store, at: string): Promise<void> {
  const state = store.get();
  const cursor = cursorAt(state.calculations, state.cursor.step, at);
  if (cursor) await arrive(store, { cursor, fresh: false } satisfies Stop, { t: 1 });
  else await select(store, at);
}

export const openExample = (store: Store): Promise<void> =>
  enqueue(store, async () => show(store, await createNetwork(EXAMPLE)));

export interface Creation { readonly spec: NewNetwork; readonly tidy: boolean }

/** Faults of the form stay in the form: a refusal is state there and keeps the dialog open. */
export function create(store: Store, { spec, tidy }: Creation): Promise<void> {
  store.set({ creating: true, problem: null });
  return enqueue(store, async () => {
    const asked = await sizedByText(spec);
    const drawn = await createNetwork(asked);
    const network = tidy && !spec.preset && !spec.parameters ? await tidied(asked, drawn) : drawn;
    await show(store, network);
    store.set({ dialog: null });
  }).finally(() => store.set({ creating: false }));
}

/** The same network with start weights of two digits, in place of the one that was drawn. */
async function tidied(asked: NewNetwork, drawn: NetworkDoc): Promise<NetworkDoc> {
  const { weights, biases } = drawn.parameters;
  if (!weights) return drawn;
  const parameters = { weights: weights.map(tidyMatrix), ...(biases ? { biases: tidyMatrix(biases) } : {}) };
  const network = await createNetwork({ ...asked, parameters, seed: drawn.spec.seed });
  void deleteNetwork(drawn.id).catch(() => undefined);
  return network;
}

const tidyMatrix = (matrix: readonly (readonly number[])[]): number[][] => matrix.map((row) => row.map(twoDigits));

/** Two decimals; a value too small for them keeps two digits, so that no weight becomes 0 by tidying. */
const twoDigits = (value: number): number => Number(value.toFixed(2)) || Number(value.toPrecision(2));
