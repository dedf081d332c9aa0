/** What the form of a new network becomes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAFTS, fitted, request, sized, type Draft } from '../../static/src/views/new-network/draft.ts';

const SAY = { number: 'number', tooLarge: 'too large', size: 'size', seed: 'seed', noRows: 'no rows' };
const XOR = DRAFTS['xor'] as Draft;

const dataOf = (patch: Partial<Draft>): unknown => request({ ...XOR, ...patch }, SAY).spec?.data;

test('typed cells are the data as they stand', () => {
  assert.deepEqual(dataOf({}), { inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]] });
});

test('a text goes with its columns by name or place', () => {
  assert.deepEqual(dataOf({ source: 'csv', csv: 'a,b' }), { csv: 'a,b' });
  assert.deepEqual(dataOf({ source: 'csv', csv: 'a,b', targets: ' kind, -1 ,0,' }), { csv: 'a,b', targets: ['kind', -1, 0] });
});

test('a data set goes with the options that were changed', () => {
  assert.deepEqual(dataOf({ source: 'moons', options: { noise: '0,5' }, standardise: true, testFraction: '1/4' }),
    { dataset: 'moons', noise: 0.5, standardise: true, test_fraction: 0.25 });
  const { spec, faults } = request({ ...XOR, source: 'moons', options: { count: 'many' } }, SAY);
  assert.equal(spec, undefined);
  assert.deepEqual(faults.map(({ pointer }) => pointer), ['/data/count']);
});

test('first and last layer are as wide as the data, and typed rows as wide as the layers', () => {
  const wide = fitted(sized(XOR, 3, 2));
  assert.deepEqual(wide.layers.map(({ size }) => size), ['3', '3', '2']);
  assert.deepEqual(wide.rows[1], { inputs: ['0', '1', '0'], targets: ['1', '0'] });
});

test('a draft that is whole becomes a request', () => {
  const { spec, faults } = request(XOR, SAY);
  assert.deepEqual(faults, []);
  assert.equal(spec?.layers?.length, XOR.layers.length);
});

test('without rows there is nothing to learn from', () => {
  const { spec, faults } = request({ ...XOR, rows: [] }, SAY);
  assert.equal(spec, undefined);
  assert.deepEqual(faults.map(({ pointer, detail }) => [pointer, detail]), [['/data', 'no rows']]);
});

for (const size of ['0', '', '1e3', '0x10', '2.5', '-2']) {
  test(`a layer of size “${size}” is a fault`, () => {
    const { faults } = request({ ...XOR, layers: XOR.layers.with(1, { size, activation: 'tanh' }) }, SAY);
    assert.deepEqual(faults.map(({ pointer }) => pointer), ['/layers/1/size']);
  });
}

test('a seed may be 0', () => {
  assert.equal(request({ ...XOR, seed: '0' }, SAY).spec?.seed, 0);
});
