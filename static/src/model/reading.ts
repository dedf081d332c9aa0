/** The reading order as pages of it arrive. */
import type { Calculation, PhaseName } from '../types/domain.ts';
import type { Reading } from '../types/state.ts';

export type { Reading } from '../types/state.ts';

export const PHASES: readonly PhaseName[] = ['forward', 'error', 'backward', 'update'];

type Counts = Reading['counts'];
type Stops = ReadonlyMap<number, Calculation>;

class Pages implements Reading {
  readonly counts: Counts;
  private readonly stops: ReadonlyMap<PhaseName, Stops>;
  private readonly named = new Map<PhaseName, ReadonlyMap<string, number>>();

  constructor(counts: Counts, stops: ReadonlyMap<PhaseName, Stops> = new Map()) {
    this.counts = counts;
    this.stops = stops;
  }

  get total(): number { return PHASES.reduce((sum, phase) => sum + this.counts[phase], 0); }

  at(phase: PhaseName, index: number): Calculation | undefined { return this.stops.get(phase)?.get(index); }

  known(phase: PhaseName): readonly Calculation[] { return [...this.stops.get(phase)?.values() ?? []]; }

  places(phase: PhaseName): ReadonlyMap<string, number> {
    let places = this.named.get(phase);
    if (!places) {
      places = new Map([...this.stops.get(phase) ?? []].map(([place, { name }]) => [name, place]));
      this.named.set(phase, places);
    }
    return places;
  }

  with(phase: PhaseName, first: number, page: readonly Calculation[]): Reading {
    const stops = new Map(this.stops.get(phase));
    page.forEach((calculation, place) => stops.set(first + place, calculation));
    return new Pages(this.counts, new Map([...this.stops, [phase, stops]]));
  }
}

export const NOTHING: Reading = new Pages({ forward: 0, error: 0, backward: 0, update: 0 });

/** A reading of which the first calculations of all phases are here, one after another. */
export function readingOf(counts: Counts, calculations: readonly Calculation[]): Reading {
  const of = (phase: PhaseName): Calculation[] => calculations.filter((calculation) => calculation.phase === phase);
  return PHASES.reduce<Reading>((reading, phase) => reading.with(phase, 0, of(phase)), new Pages(counts));
}
