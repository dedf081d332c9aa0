/**
 * The order in which a step's calculations are read. A large network has hundreds of thousands of them, so a reading
 * knows how many each phase has and holds the pages that somebody has come near to.
 */
import type { Calculation, PhaseName } from '../types/domain.ts';

export const PHASES: readonly PhaseName[] = ['forward', 'error', 'backward', 'update'];

export type Counts = Readonly<Record<PhaseName, number>>;
type Stops = ReadonlyMap<number, Calculation>;

export class Reading {
  readonly counts: Counts;
  private readonly stops: ReadonlyMap<PhaseName, Stops>;
  private readonly named = new Map<PhaseName, ReadonlyMap<string, number>>();

  constructor(counts: Counts, stops: ReadonlyMap<PhaseName, Stops> = new Map()) {
    this.counts = counts;
    this.stops = stops;
  }

  get total(): number { return PHASES.reduce((sum, phase) => sum + this.counts[phase], 0); }

  at(phase: PhaseName, index: number): Calculation | undefined { return this.stops.get(phase)?.get(index); }

  /** Those of a phase that are here. */
  known(phase: PhaseName): readonly Calculation[] { return [...this.stops.get(phase)?.values() ?? []]; }

  /** Name to place, of those of a phase that are here. */
  places(phase: PhaseName): ReadonlyMap<string, number> {
    let places = this.named.get(phase);
    if (!places) {
      places = new Map([...this.stops.get(phase) ?? []].map(([place, { name }]) => [name, place]));
      this.named.set(phase, places);
    }
    return places;
  }

  /** The same with a page more: calculations of one phase, the first of them at place `first`. */
  with(phase: PhaseName, first: number, page: readonly Calculation[]): Reading {
    const stops = new Map(this.stops.get(phase));
    page.forEach((calculation, place) => stops.set(first + place, calculation));
    return new Reading(this.counts, new Map([...this.stops, [phase, stops]]));
  }
}

export const NOTHING = new Reading({ forward: 0, error: 0, backward: 0, update: 0 });

/** A reading of which the first calculations of all phases are here, one after another. */
export function readingOf(counts: Counts, calculations: readonly Calculation[]): Reading {
  const of = (phase: PhaseName): Calculation[] => calculations.filter((calculation) => calculation.phase === phase);
  return PHASES.reduce((reading, phase) => reading.with(phase, 0, of(phase)), new Reading(counts));
}
