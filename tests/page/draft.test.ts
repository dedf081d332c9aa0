import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAFTS, request, type Draft } from '../../static/src/views/new-network/draft.ts';

const SAY = { number: 'number', tooLarge: 'too large', size: 'size', seed: 'seed', noRows: 'no rows' };
const XOR = DRAFTS['xor'] as Draft;

test('a draft that is whole becomes a request', () => {
  const { spec, faults } = request(XOR, SAY);
  assert.deepEqual(faults, []);
  assert.deepEqual(spec?.data?.inputs, [[0, 0], [0, 1], [1, 0], [1, 1]]);
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
