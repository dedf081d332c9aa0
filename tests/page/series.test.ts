import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossing, endLabels, extentOf, namesTogether, placesToDraw, pointsAt, valueAt } from '../../static/src/model/series.ts';

const steps = Float64Array.from({ length: 10_001 }, (_, step) => step);

test('a long series is thinned; its first steps, its start and its end stay', () => {
  for (const logarithmic of [true, false]) {
    const places = placesToDraw(steps, logarithmic);
    assert.ok(places.length < 400);
    assert.deepEqual(places.slice(0, 12), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert.equal(places.at(-1), 10_000);
    assert.equal(new Set(places).size, places.length);
  }
});

test('the value at a step comes from the last kept step before it', () => {
  const series = { steps: [0, 10, 20], values: [1, 2, 3] };
  assert.deepEqual([0, 9, 10, 19, 20, 99].map((step) => valueAt(series, step)), [1, 1, 2, 2, 3, 3]);
  assert.deepEqual(pointsAt(series, [2, 0]), [{ step: 20, value: 3 }, { step: 0, value: 1 }]);
});

test('the event is the first step with the other sign', () => {
  assert.equal(crossing({ steps: [0, 1, 2, 3], values: [0.4, 0.0177, -0.0256, 0.1] }), 2);
  assert.equal(crossing({ steps: [0, 1], values: [0.4, 0.3] }), null);
  assert.equal(crossing({ steps: [0, 1, 2], values: [0.4, NaN, -0.3] }), null);
});

test('what is not finite has no part in an axis', () => {
  assert.deepEqual(extentOf([[1, NaN], [Infinity, -2]]), { low: -2, high: 1 });
  assert.equal(extentOf([[NaN]]), null);
});

test('labels at line ends never touch; those that would are told together, the chosen one alone', () => {
  const ends = [['w1', 50], ['w2', 52], ['w3', 54], ['w5', 56], ['w6', 120]].map(([name, y]) => ({ name: String(name), y: Number(y) }));
  const labels = endLabels(ends, 16, { top: 0, bottom: 130 }, 'w5');
  assert.deepEqual(labels.map((label) => label.names), [['w1', 'w2', 'w3'], ['w5'], ['w6']]);
  for (let place = 1; place < labels.length; place += 1) assert.ok(labels[place]!.y - labels[place - 1]!.y >= 16);
});

test('names in a row are one range', () => {
  assert.equal(namesTogether(['w3', 'w1', 'w2'], ' to '), 'w1 to w3');
  assert.equal(namesTogether(['w8', 'w7'], ' to '), 'w7, w8');
  assert.equal(namesTogether(['w1', 'w5', 'w9'], ' to '), 'w1, w5, w9');
});
