/** The recorded curves: exact and binary while they are small, thinned by the service when they are long. */
import { ApiError, series, thinned } from '../api.ts';
import type { NetworkDoc } from '../types/domain.ts';
import type { History, Store } from '../types/state.ts';
import { slipNames } from './names.ts';

const EXACT_VALUES = 400_000;
const MOST_WEIGHTS = 24;
const THINNED_POINTS = 1000;

let newest = 0;

/** Charts are worth having, but nothing waits for them and no trouble with them is told. */
export async function loadHistory(store: Store): Promise<void> {
  const { network, calculations, past } = store.get();
  const turn = ++newest;
  if (!network?.spec.data || (network.step === 0 && !past)) return store.set({ history: null });
  const weights = slipNames(calculations).slice(0, MOST_WEIGHTS);
  try {
    const few = network.step < THINNED_POINTS; // then nothing is thinned, and one request is enough
    const history = await (!few && network.step * (weights.length + 1) <= EXACT_VALUES ? exact : thin)(network, weights);
    const same = store.get().network?.id === network.id;
    if (turn === newest && same) store.set({ history });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

async function exact(network: NetworkDoc, weights: readonly string[]): Promise<History> {
  const names = ['loss', ...weights];
  const { values } = await series(network.id, names);
  const count = values.length / names.length; // by now there may be more or fewer steps than were known here
  const row = (name: string): Float64Array => values.subarray(names.indexOf(name) * count, (names.indexOf(name) + 1) * count);
  const steps = Float64Array.from({ length: count }, (_, step) => step);
  return { steps, loss: row('loss'), weights: new Map(weights.map((name) => [name, row(name)])) };
}

async function thin(network: NetworkDoc, weights: readonly string[]): Promise<History> {
  const answer = await thinned(network.id, ['loss', ...weights], THINNED_POINTS);
  const column = (name: string): Float64Array => Float64Array.from(answer.series[name]?.last ?? [], (value) => value ?? NaN);
  return { steps: Float64Array.from(answer.steps), loss: column('loss'), weights: new Map(weights.map((name) => [name, column(name)])) };
}

/** While a training runs: what there is so far, thinned, so that the curve moves. */
export async function loadLive(store: Store): Promise<void> {
  const { network, calculations } = store.get();
  if (!network) return;
  const turn = ++newest;
  try {
    const history = await thin(network, slipNames(calculations).slice(0, MOST_WEIGHTS));
    if (turn === newest) store.set({ history });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
