/**
 * The recorded steps of a network whose values are too many to fetch: of each step only what somebody has asked for.
 * A name that is not here is wished for; `onWish` is told, fetches the moment again, and from then on every moment
 * comes with it.
 */
import { ApiError, tracesOf } from '../api.ts';
import type { Moment, Recorded } from '../types/state.ts';

/** Names in one request; an address must not grow too long. */
const AT_ONCE = 1000;
const MOST_WISHES = 30_000;
const KEPT_STEPS = 16;

export class SparseRecording implements Recorded {
  private readonly rows = new Map<number, Map<string, number>>();
  private readonly wishes: Set<string>;
  private readonly network: string;
  private readonly columns: readonly string[];
  private readonly example: number;
  private readonly onWish: () => void;
  private told = false;

  constructor(network: string, columns: readonly string[], example: number, first: Iterable<string>, onWish: () => void) {
    this.network = network;
    this.columns = columns;
    this.example = example;
    this.wishes = new Set(first);
    this.onWish = onWish;
  }

  async moment(step: number): Promise<Moment> {
    this.told = false;
    const row = this.rows.get(step) ?? new Map<string, number>();
    const missing = [...this.wishes].filter((name) => !row.has(name));
    await Promise.all(chunks(missing, AT_ONCE).map((names) => this.fetch(step, names, row)));
    this.rows.set(step, row);
    for (const old of this.rows.keys()) if (this.rows.size > KEPT_STEPS) this.rows.delete(old);
    return this.momentOf(step, row);
  }

  /** One row is soon fetched, and a neighbour's may never be wanted. */
  prefetch(): void { return undefined; }

  forgetFrom(step: number): void {
    for (const kept of this.rows.keys()) if (kept >= step) this.rows.delete(kept);
  }

  private momentOf(step: number, row: ReadonlyMap<string, number>): Moment {
    return {
      step, complete: false, known: row.size, names: () => this.columns,
      value: (name) => row.get(name) ?? this.wish(name), peek: (name) => row.get(name),
    };
  }

  private wish(name: string): undefined {
    if (this.wishes.size >= MOST_WISHES) this.wishes.clear();
    this.wishes.add(name);
    if (!this.told) queueMicrotask(this.onWish);
    this.told = true;
  }

  /** A name that the network does not have must not cost the others theirs: it is looked for by halves, and is NaN. */
  private async fetch(step: number, names: readonly string[], row: Map<string, number>): Promise<void> {
    try {
      const { values } = await tracesOf(this.network, step, this.example, names);
      names.forEach((name, place) => row.set(name, values[place] ?? NaN));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
      if (names.length === 1) row.set(names[0]!, NaN);
      else for (const half of chunks(names, Math.ceil(names.length / 2))) await this.fetch(step, half, row);
    }
  }
}

function chunks<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, (place + 1) * size));
}
