/**
 * How far each quantity of a step has been computed when the stepper stands at a cursor and its motion at t.
 * A pure function of both: the drawing can be asked for any moment, in any order.
 */
import type { PhaseName } from '../types/domain.ts';
import { PHASES, WHOLE, type Cursor } from './cursor.ts';
import type { Reading } from './reading.ts';

export interface Timeline {
  readonly cursor: Cursor;
  readonly t: number;
  /** 0: not yet, 1: done, between: being computed now. */
  progress(name: string): number;
  /** Names that move at this moment. */
  readonly moving: readonly string[];
}

/** When a whole phase plays, each calculation takes this share of it, and they overlap. */
const SHARE = 0.4;

export function timelineOf(calculations: Reading, cursor: Cursor, t: number): Timeline {
  const current = PHASES.indexOf(cursor.phase);
  const here = calculations.places(cursor.phase);
  const count = calculations.counts[cursor.phase];
  const local = (place: number): number => (cursor.index === WHOLE ? inWave(place, count, t) : inTurn(place, cursor.index, t));
  const progress = (name: string): number => {
    const place = here.get(name);
    if (place !== undefined) return local(place);
    const phase = PHASES.indexOf(phaseOf(name));
    if (phase !== current) return phase < current ? 1 : afterWhole(cursor, phase, t);
    return cursor.index === WHOLE ? t : 0;
  };
  return { cursor, t, progress, moving: [...here.keys()].filter((name) => between(progress(name))) };
}

const between = (progress: number): boolean => progress > 0 && progress < 1;

function inTurn(place: number, index: number, t: number): number {
  if (place === index) return t;
  return place < index ? 1 : 0;
}

/** The calculations of a phase one after another, as a wave from t = 0 to t = 1. */
function inWave(place: number, count: number, t: number): number {
  const start = count > 1 ? (place / (count - 1)) * (1 - SHARE) : 0;
  const length = count > 1 ? SHARE : 1;
  return Math.min(1, Math.max(0, (t - start) / length));
}

/** At rest after the forward phase the errors stand there already: an answer is only read beside its target. */
function afterWhole(cursor: Cursor, phase: number, t: number): number {
  return cursor.phase === 'forward' && cursor.index === WHOLE && PHASES[phase] === 'error' && t >= 1 ? 1 : 0;
}

/** The phase that makes a quantity; what is given (inputs, weights, targets) is there from the start. */
export function phaseOf(name: string): PhaseName {
  if (name.endsWith('+')) return 'update';
  if (/^(delta_|d.+\/d)/.test(name)) return 'backward';
  return /^(E$|E_|loss)/.test(name) ? 'error' : 'forward';
}
