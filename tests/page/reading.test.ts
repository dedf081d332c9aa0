import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculationAt, cursorAt, next, prev, WHOLE } from '../../static/src/model/cursor.ts';
import { readingOf } from '../../static/src/model/reading.ts';
import type { Calculation } from '../../static/src/types/domain.ts';

const page = (first: number, count: number): Calculation[] =>
  Array.from({ length: count }, (_, place) => ({ name: `w${first + place + 1}+`, phase: 'update', group: 'o1' }));

/** A large network: of 150 000 slips the first page is here. */
const LARGE = readingOf({ forward: 0, error: 0, backward: 0, update: 150_000 }, page(0, 1000));

test('the cursor walks to calculations that are not here yet', () => {
  assert.equal(LARGE.total, 150_000);
  assert.deepEqual(next({ step: 0, phase: 'update', index: 999 }, LARGE, 'calculation'), { step: 0, phase: 'update', index: 1000 });
  assert.deepEqual(prev({ step: 0, phase: 'update', index: WHOLE }, LARGE, 'calculation'), { step: 0, phase: 'update', index: 149_999 });
});

test('a page more brings its calculations, at their places', () => {
  const last = { step: 0, phase: 'update', index: 149_999 } as const;
  assert.equal(calculationAt(LARGE, last), undefined);
  const more = LARGE.with('update', 149_000, page(149_000, 1000));
  assert.equal(calculationAt(more, last)?.name, 'w150000+');
  assert.deepEqual(cursorAt(more, 0, 'w150000+'), last);
  assert.equal(calculationAt(more, { ...last, index: 0 })?.name, 'w1+');
  assert.equal(cursorAt(LARGE, 0, 'w150000+'), undefined);
});
