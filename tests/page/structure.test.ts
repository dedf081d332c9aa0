import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../static/src/model/places.ts';
import { momentFrom, momentOf } from '../../static/src/model/moment.ts';
import { edgeAt, edgeNamed, edgesInto, edgesOutOf } from '../../static/src/model/structure.ts';
import { edgesToDraw } from '../../static/src/model/strongest.ts';
import { structure } from './samples.ts';

const worked = structure([2, 2, 2]);
const deep = structure([2, 4, 3, 1], { bias: { mode: 'per_neuron', trainable: true } });

test('weights are counted layer by layer, destination by destination, source by source', () => {
  assert.deepEqual(edgeAt(worked, 2, 0, 0), { name: 'w5', layer: 2, to: 0, from: 0, source: 'h1', target: 'o1' });
  assert.equal(edgeAt(deep, 2, 0, 0).name, 'w9');
  assert.deepEqual(edgesInto(worked, 1, 1).map((edge) => edge.name), ['w3', 'w4']);
  assert.deepEqual(edgesOutOf(worked, 1, 0).map((edge) => edge.name), ['w5', 'w7']);
});

test('every weight is found again by its name, and no other name is one', () => {
  for (let number = 1; number <= deep.weightCount; number += 1) assert.equal(edgeNamed(deep, `w${number}`)?.name, `w${number}`);
  for (const name of ['w0', 'w24', 'w', 'b1', 'w1+']) assert.equal(edgeNamed(deep, name), undefined);
});

test('neurons and biases have the names of the conventions', () => {
  assert.deepEqual(deep.neurons[2], ['h2_1', 'h2_2', 'h2_3']);
  assert.deepEqual(worked.neurons[1], ['h1', 'h2']);
  assert.deepEqual(worked.biases[2]?.map((bias) => bias.name), ['b2']);
  assert.deepEqual(deep.biases[3]?.map((bias) => bias.name), ['b_o1']);
});

test('every quantity has one place in the drawing', () => {
  const places = {
    net_h1: 'net:h1', out_h1: 'out:h1', i1: 'input:i1', t_o1: 'target:o1', E_o2: 'error:o2', E_total: 'total', E: 'total', E_batch: 'total',
    'dout_o1/dnet_o1': 'f:o1', 'dE/dout_o1': 'gap:o1', 'dE/dout_h1': 'out:h1', delta_h2: 'net:h2', 'dnet_o1/dw5': 'edge:w5', 'dE/dw5': 'edge:w5',
    'w5+': 'edge:w5', w5: 'edge:w5', 'dnet_o1/dout_h1': 'edge:w5', 'dE_o2/dout_h1': 'edge:w7', 'dE/db1': 'bias:b1', velocity_w5: 'edge:w5', learning_rate: 'rate',
  };
  for (const [name, place] of Object.entries(places)) assert.equal(placeOf(name, worked), place, name);
  assert.equal(placeOf('nonsense', worked), null);
});

test('a moment reads one row by the names of its columns', () => {
  const moment = momentOf(3, ['i1', 'w1'], [0.05, NaN]);
  assert.equal(moment.value('i1'), 0.05);
  assert.ok(Number.isNaN(moment.value('w1')));
  assert.equal(moment.value('w2'), undefined);
});

test('of a large network the strongest edges are drawn, and no layer goes missing', () => {
  const large = structure([40, 30, 3]);
  const strength = momentFrom(0, new Map(Array.from({ length: large.weightCount }, (_, index) => [`w${index + 1}`, index === 700 ? -9 : 0.001 * index])));
  const all = large.sizes.map((size) => Array.from({ length: size }, (_, place) => place));
  const drawn = edgesToDraw(large, all, strength, 200);
  assert.equal(drawn.length, 200);
  assert.equal(drawn.filter((edge) => edge.layer === 2).length, 90);
  assert.ok(drawn.some((edge) => edge.name === 'w701'));
  assert.equal(edgesToDraw(worked, all, null).length, 8);
});
