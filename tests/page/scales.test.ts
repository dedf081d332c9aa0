import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgeWidth, isFill, netDomain, outputDomain, powerOfTwo, signColour, unit } from '../../static/src/model/scales.ts';

test('a domain is the next power of two, and at least 1', () => {
  assert.deepEqual([0, 0.4, 1, 1.01, 3.89, 4, 1000].map((largest) => powerOfTwo(largest)), [1, 1, 1, 2, 4, 4, 1024]);
});

test('width goes with the square root of the size, not with the sign', () => {
  const base = edgeWidth(0, 1);
  assert.equal(edgeWidth(-0.25, 1), edgeWidth(0.25, 1));
  assert.ok(Math.abs((edgeWidth(0.64, 1) - base) / (edgeWidth(0.16, 1) - base) - 2) < 1e-12);
  assert.ok(Number.isFinite(edgeWidth(NaN, 1)) && Number.isFinite(edgeWidth(Infinity, 1)));
});

test('sign is a hue that fades to grey at zero', () => {
  assert.match(signColour(0.5, 1), /oklab, var\(--plus\)/);
  assert.match(signColour(-0.5, 1), /oklab, var\(--minus\)/);
  assert.equal(signColour(0, 1), 'var(--zero)');
});

test('an output between 0 and 1 is a fill; every other has a scale from zero', () => {
  assert.ok(isFill('sigmoid') && !isFill('tanh'));
  assert.deepEqual(outputDomain('sigmoid', [7]), { low: 0, high: 1 });
  assert.deepEqual(outputDomain('tanh', [0.3, -0.9]), { low: -1, high: 1 });
  assert.deepEqual(outputDomain('relu', [0, 2.5]), { low: 0, high: 4 });
  assert.deepEqual(outputDomain('linear', [-2.5]), { low: -4, high: 4 });
  assert.deepEqual(outputDomain('softmax', [0.2, 0.8]), { low: 0, high: 1 });
  assert.deepEqual(outputDomain('leaky_relu', [-0.02, 3]), { low: -4, high: 4 });
});

test('where little lies below zero, zero stands low; a target below makes room for itself', () => {
  assert.deepEqual(['softplus', 'elu', 'silu', 'gelu'].map((name) => outputDomain(name, [3]).low), [0, -1, -0.5, -0.25]);
  assert.deepEqual(outputDomain('gelu', [-0.17, 1.5]), { low: -0.25, high: 2 });
  assert.deepEqual(outputDomain('gelu', [-0.17, -1]), { low: -1, high: 1 });
  assert.deepEqual(outputDomain('relu', [-3, 1]), { low: -4, high: 4 });
  assert.deepEqual(outputDomain('silu', [Infinity, NaN, 0.1]), { low: -0.5, high: 1 });
});

test('the thumbnail of f reaches as far as the net inputs do', () => {
  assert.equal(netDomain('sigmoid', [1.1, -4]).high, 4.6);
  assert.equal(netDomain('sigmoid', [9]).high, 9.2);
});

test('a height is always inside its box', () => {
  const domain = { low: -1, high: 1 };
  assert.deepEqual([-2, -1, 0, 1, Infinity, NaN].map((value) => unit(value, domain)), [0, 0, 0.5, 1, 1, 0]);
});
