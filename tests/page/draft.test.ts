/** What the form of a new network becomes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAFTS, fitted, request, sized, type Draft } from '../../static/src/views/new-network/draft.ts';

const SAY = { number: 'no number', size: 'no size' };
const xor = DRAFTS['xor'] as Draft;

const dataOf = (patch: Partial<Draft>): unknown => request({ ...xor, ...patch }, SAY).spec?.data;

test('typed cells are the data as they stand', () => {
  assert.deepEqual(dataOf({}), { inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]] });
  assert.equal(dataOf({ rows: [] }), undefined);
});

test('a text goes with its columns by name or place', () => {
  assert.deepEqual(dataOf({ source: 'csv', csv: 'a,b' }), { csv: 'a,b' });
  assert.deepEqual(dataOf({ source: 'csv', csv: 'a,b', targets: ' kind, -1 ,0,' }), { csv: 'a,b', targets: ['kind', -1, 0] });
});

test('a data set goes with the options that were changed', () => {
  assert.deepEqual(dataOf({ source: 'moons', options: { noise: '0,5' }, standardise: true, testFraction: '1/4' }),
    { dataset: 'moons', noise: 0.5, standardise: true, test_fraction: 0.25 });
  const { spec, faults } = request({ ...xor, source: 'moons', options: { count: 'many' } }, SAY);
  assert.equal(spec, undefined);
  assert.deepEqual(faults.map(({ pointer }) => pointer), ['/data/count']);
});

test('first and last layer are as wide as the data, and typed rows as wide as the layers', () => {
  const wide = fitted(sized(xor, 3, 2));
  assert.deepEqual(wide.layers.map(({ size }) => size), ['3', '3', '2']);
  assert.deepEqual(wide.rows[1], { inputs: ['0', '1', '0'], targets: ['1', '0'] });
});
