/** The values at one step, by name. One row of the traced steps is enough; nothing is copied. */
import type { Moment } from '../types/state.ts';

export type { Moment } from '../types/state.ts';

const INDICES = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function indexOf(columns: readonly string[]): ReadonlyMap<string, number> {
  let index = INDICES.get(columns);
  if (!index) {
    index = new Map(columns.map((name, place) => [name, place]));
    INDICES.set(columns, index);
  }
  return index;
}

/** `row` holds one number per column, as `GET …/traces` sends them. */
export function momentOf(step: number, columns: readonly string[], row: ArrayLike<number>): Moment {
  const index = indexOf(columns);
  const value = (name: string): number | undefined => {
    const place = index.get(name);
    return place === undefined ? undefined : row[place];
  };
  return {
    step, complete: true, known: columns.length,
    names: () => columns, value, peek: value,
  };
}

/** A moment from values that were gathered one by one, such as those of a nudged forward pass. */
export function momentFrom(step: number, values: ReadonlyMap<string, number>): Moment {
  const value = (name: string): number | undefined => values.get(name);
  return { step, complete: true, known: values.size, names: () => [...values.keys()], value, peek: value };
}
