import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculationAt, cursorAt, next, prev, restOf, WHOLE, type Cursor, type Grain } from '../../static/src/model/cursor.ts';
import { CALCULATIONS } from './samples.ts';

function walk(from: Cursor, grain: Grain, count: number): Cursor[] {
  const stops = [from];
  for (let step = 0; step < count; step += 1) stops.push(next(stops.at(-1)!, CALCULATIONS, grain));
  return stops;
}

test('by calculation every phase is gone through, and ends with the phase as a whole', () => {
  const names = walk({ step: 0, phase: 'error', index: 0 }, 'calculation', 7).map((stop) => calculationAt(CALCULATIONS, stop)?.name ?? stop.phase);
  assert.deepEqual(names, ['E_o1', 'E_total', 'error', 'dE/dout_o1', 'delta_o1', 'dE/dw5', 'dE/dout_h1', 'backward']);
});

test('after the update the next step begins', () => {
  assert.deepEqual(next({ step: 4, phase: 'update', index: WHOLE }, CALCULATIONS, 'calculation'), { step: 5, phase: 'forward', index: 0 });
  assert.deepEqual(next({ step: 4, phase: 'update', index: WHOLE }, CALCULATIONS, 'phase'), restOf(5));
});

test('going back undoes going forward, stop by stop', () => {
  for (const grain of ['calculation', 'phase', 'step'] as const) {
    const stops = walk(restOf(0), grain, 40);
    for (let place = stops.length - 1; place > 0; place -= 1) assert.deepEqual(prev(stops[place]!, CALCULATIONS, grain), stops[place - 1]);
  }
});

test('there is nothing before the first stop', () => {
  assert.equal(prev({ step: 0, phase: 'forward', index: 0 }, CALCULATIONS, 'calculation'), null);
  assert.equal(prev(restOf(0), CALCULATIONS, 'phase'), null);
  assert.equal(prev(restOf(0), CALCULATIONS, 'step'), null);
});

test('a whole step back from within a step is its rest', () => {
  assert.deepEqual(prev({ step: 3, phase: 'backward', index: 2 }, CALCULATIONS, 'step'), restOf(3));
});

test('a quantity is found by name', () => {
  assert.deepEqual(cursorAt(CALCULATIONS, 7, 'dE/dw5'), { step: 7, phase: 'backward', index: 2 });
  assert.equal(cursorAt(CALCULATIONS, 7, 'w5'), undefined);
});
