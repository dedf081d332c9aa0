import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHASES, WHOLE } from '../../static/src/model/cursor.ts';
import { flowsOf, netSoFar } from '../../static/src/model/motion.ts';
import { timelineOf } from '../../static/src/model/timeline.ts';
import { CALCULATIONS, moment, structure } from './samples.ts';

const worked = structure([2, 2, 2]);
const at = (phase: 'forward' | 'error' | 'backward' | 'update', index: number, t: number) => timelineOf(CALCULATIONS, { step: 0, phase, index }, t);

test('before its turn a quantity is not there, in its turn it is under way, afterwards it is done', () => {
  const line = at('backward', 1, 0.5);
  assert.deepEqual(['net_h1', 'E_total', 'dE/dout_o1', 'delta_o1', 'dE/dw5', 'w5+'].map((name) => line.progress(name)), [1, 1, 1, 0.5, 0, 0]);
  assert.deepEqual(line.moving, ['delta_o1']);
});

test('at rest the answers and their errors stand there, and nothing of the way back', () => {
  const rest = at('forward', WHOLE, 1);
  assert.deepEqual(['out_o1', 'E_total', 'delta_o1', 'dE/dw5', 'w5+'].map((name) => rest.progress(name)), [1, 1, 0, 0, 0]);
  assert.deepEqual(rest.moving, []);
});

test('a whole phase is a wave: earlier calculations are never behind later ones, and all end at 1', () => {
  for (let t = 0; t <= 1; t += 0.05) {
    const shares = ['dE/dout_o1', 'delta_o1', 'dE/dw5', 'dE/dout_h1'].map((name) => at('backward', WHOLE, t).progress(name));
    assert.deepEqual([...shares].sort((one, other) => other - one), shares);
  }
  assert.ok(PHASES.flatMap((phase) => CALCULATIONS.known(phase)).every(({ name, phase }) => at(phase, WHOLE, 1).progress(name) === 1));
});

test('the same moment always looks the same, in whatever order it is asked for', () => {
  const forwards = [0.2, 0.5, 0.8].map((t) => flowsOf('net_h1', t, worked, moment()));
  const backwards = [0.8, 0.5, 0.2].map((t) => flowsOf('net_h1', t, worked, moment())).reverse();
  assert.deepEqual(forwards, backwards);
});

test('nothing travels before the start and after the end', () => {
  for (const name of ['net_h1', 'E_total', 'delta_o1', 'dE/dout_h1', 'dE/dw5']) {
    assert.deepEqual(flowsOf(name, 0, worked, moment()), []);
    assert.deepEqual(flowsOf(name, 1, worked, moment()), []);
    assert.ok(flowsOf(name, 0.5, worked, moment()).length > 0, name);
  }
});

test('forward values run to the neuron, deltas run back', () => {
  const places = (name: string, route: string): number[] =>
    [0.3, 0.35, 0.4].map((t) => flowsOf(name, t, worked, moment()).find((flow) => 'name' in flow.route && flow.route.name === route)!.u);
  const [a = 0, b = 0, c = 0] = places('net_h1', 'w1');
  assert.ok(a < b && b < c);
  const [d = 0, e = 0, f = 0] = places('dE/dout_h1', 'w5');
  assert.ok(d > e && e > f);
});

test('one path back moves on its own edge only', () => {
  const routes = flowsOf('dE_o1/dout_h1', 0.5, worked, moment()).map(({ route }) => ('name' in route ? route.name : ''));
  assert.deepEqual(routes, ['w5']);
});

test('a delta is scaled by the weight of its edge on the way', () => {
  const size = (t: number): number => flowsOf('dE/dout_h1', t, worked, moment()).find((flow) => 'name' in flow.route && flow.route.name === 'w5')!.size;
  assert.ok(Math.abs(size(0.999) / size(0.001) - 0.4) < 0.01);
});

test('the sum grows term by term and ends exactly at the net input', () => {
  const sums = [0, 0.3, 0.6, 0.8, 0.99, 1].map((t) => netSoFar('h1', t, worked, moment()));
  assert.deepEqual(sums.map((sum) => Number(sum.toFixed(4))), [0, 0, 0.0075, 0.0275, 0.0275, 0.3775]);
});
