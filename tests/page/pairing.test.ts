import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalog } from '../../static/src/types/domain.ts';
import { DRAFTS, type Draft } from '../../static/src/views/new-network/draft.ts';
import { activationsFor, outputOf, withLoss, withOutput } from '../../static/src/views/new-network/pairing.ts';

const CATALOG = {
  activations: [{ name: 'tanh', joint: false }, { name: 'sigmoid', joint: false }, { name: 'softmax', joint: true }],
  losses: [{ name: 'half_squared_error', needs: null }, { name: 'binary_cross_entropy', needs: 'sigmoid' }, { name: 'cross_entropy', needs: 'softmax' }],
} as unknown as Catalog;
const DRAFT = DRAFTS['regression'] as Draft;

test('a loss brings the outputs along that it needs, and says so', () => {
  const draft = withLoss(DRAFT, 'cross_entropy', CATALOG);
  assert.deepEqual([draft.loss, outputOf(draft), draft.switched], ['cross_entropy', 'softmax', { what: 'output', because: 'cross_entropy' }]);
  assert.deepEqual(draft.layers.slice(0, -1), DRAFT.layers.slice(0, -1));
});

test('outputs that the loss refuses bring another loss along', () => {
  const draft = withOutput(withLoss(DRAFT, 'cross_entropy', CATALOG), 'tanh', CATALOG);
  assert.deepEqual([draft.loss, outputOf(draft), draft.switched], ['half_squared_error', 'tanh', { what: 'loss', because: 'cross_entropy' }]);
});

test('nothing moves where nothing must', () => {
  const shares = withOutput(DRAFT, 'softmax', CATALOG);
  assert.deepEqual([shares.loss, outputOf(shares), shares.switched], ['half_squared_error', 'softmax', null]);
  assert.deepEqual(withLoss(shares, 'cross_entropy', CATALOG).switched, null);
  assert.equal(outputOf(withLoss(shares, 'half_squared_error', CATALOG)), 'softmax');
  assert.equal(withLoss(DRAFT, 'cross_entropy', null).switched, null);
});

test('an activation of a whole layer is offered for the last one only', () => {
  assert.deepEqual(activationsFor(CATALOG, false).map(({ name }) => name), ['tanh', 'sigmoid']);
  assert.equal(activationsFor(CATALOG, true).length, 3);
});
