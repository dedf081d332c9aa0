/**
 * Where the stepper stands, and where it goes next. A phase is its calculations, one after another, and then the phase
 * as a whole (`WHOLE`): what it came to. In the update phase that last stop is where all slips are applied together.
 */
import type { Calculation } from '../types/domain.ts';
import { PHASES, type Reading } from './reading.ts';
import type { Cursor, Grain } from '../types/state.ts';

export type { Cursor, Grain } from '../types/state.ts';

export { PHASES } from './reading.ts';
export const WHOLE = -1;

/** The calculation under the cursor; undefined when the phase as a whole is looked at. */
export const calculationAt = (calculations: Reading, cursor: Cursor): Calculation | undefined =>
  cursor.index === WHOLE ? undefined : calculations.at(cursor.phase, cursor.index);

/** The cursor at the calculation of this name, or undefined when none that is here makes it. */
export function cursorAt(calculations: Reading, step: number, name: string): Cursor | undefined {
  for (const phase of PHASES) {
    const index = calculations.places(phase).get(name);
    if (index !== undefined) return { step, phase, index };
  }
  return undefined;
}

/** The rest of a step: what was given has gone through the network, and nothing has been changed yet. */
export const restOf = (step: number): Cursor => ({ step, phase: 'forward', index: WHOLE });

export const sameCursor = (one: Cursor, other: Cursor): boolean =>
  one.step === other.step && one.phase === other.phase && one.index === other.index;

/** The stop after this one. Whether step `cursor.step + 1` exists already is for the caller to see to. */
export function next(cursor: Cursor, calculations: Reading, grain: Grain): Cursor {
  if (grain === 'step') return restOf(cursor.step + 1);
  if (cursor.index === WHOLE) return startOf(phaseAfter(cursor), calculations, grain);
  const count = calculations.counts[cursor.phase];
  const index = grain === 'calculation' && cursor.index + 1 < count ? cursor.index + 1 : WHOLE;
  return { ...cursor, index };
}

/** The stop before this one; undoes `next`. Null at the very first stop. */
export function prev(cursor: Cursor, calculations: Reading, grain: Grain): Cursor | null {
  if (grain === 'step') return stepBefore(cursor);
  const count = calculations.counts[cursor.phase];
  if (grain === 'calculation') {
    if (cursor.index === WHOLE && count > 0) return { ...cursor, index: count - 1 };
    if (cursor.index > 0) return { ...cursor, index: cursor.index - 1 };
  }
  return phaseBefore(cursor);
}

function stepBefore(cursor: Cursor): Cursor | null {
  const rest = restOf(cursor.step);
  if (!sameCursor(cursor, rest) && !(cursor.phase === 'forward')) return rest;
  return cursor.step > 0 ? restOf(cursor.step - 1) : null;
}

function phaseAfter(cursor: Cursor): Cursor {
  const place = PHASES.indexOf(cursor.phase) + 1;
  const phase = PHASES[place];
  return phase ? { step: cursor.step, phase, index: WHOLE } : restOf(cursor.step + 1);
}

function phaseBefore(cursor: Cursor): Cursor | null {
  const phase = PHASES[PHASES.indexOf(cursor.phase) - 1];
  if (phase) return { step: cursor.step, phase, index: WHOLE };
  return cursor.step > 0 ? { step: cursor.step - 1, phase: 'update', index: WHOLE } : null;
}

function startOf(whole: Cursor, calculations: Reading, grain: Grain): Cursor {
  return grain === 'calculation' && calculations.counts[whole.phase] > 0 ? { ...whole, index: 0 } : whole;
}
