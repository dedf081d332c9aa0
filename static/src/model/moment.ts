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
  return {
    step,
    names: () => columns,
    value(name) {
      const place = index.get(name);
      return place === undefined ? undefined : row[place];
    },
  };
}

/** A moment from values that were gathered one by one, such as those of a nudged forward pass. */
export function momentFrom(step: number, values: ReadonlyMap<string, number>): Moment {
  return { step, names: () => [...values.keys()], value: (name) => values.get(name) };
}
