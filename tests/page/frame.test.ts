import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf } from '../../static/src/model/frame.ts';
import { momentFrom } from '../../static/src/model/moment.ts';
import type { Card } from '../../static/src/types/domain.ts';
import { layout, moment, state, structure, WORKED } from './samples.ts';

const worked = structure([2, 2, 2]);
const drawing = layout(worked, 868, 550);

const card = (name: string, uses: readonly string[], factors: readonly (readonly [string, string])[] = []): Card => ({
  name, uses, strip: factors.map(([factor, to]) => ({ from: '', to, factor: { name: factor, value: 1, shown: '1' }, label: '', role: 'slope' })),
} as unknown as Card);

const dEdw5 = card('dE/dw5', ['w5', 'out_h1'], [['dnet_o1/dw5', 'net_o1'], ['dout_o1/dnet_o1', 'out_o1'], ['dE/dout_o1', 'E']]);

test('one quantity lights what it uses, and the rest fades', () => {
  const frame = frameOf(state({ cursor: { step: 0, phase: 'backward', index: 2 }, card: dEdw5 }), worked, drawing);
  for (const place of ['edge:w5', 'out:h1', 'f:o1', 'gap:o1', 'total'] as const) assert.ok(frame.now(place), place);
  for (const place of ['edge:w6', 'net:o1', 'out:o1', 'f:o2'] as const) assert.ok(frame.faded(place), place);
});

test('its factors are numbered from cause to effect, each at its own place', () => {
  const frame = frameOf(state({ card: dEdw5 }), worked, drawing);
  assert.deepEqual(frame.tags.map((tag) => `${tag.number} ${tag.place}`), ['1 edge:w5', '2 f:o1', '3 gap:o1']);
});

test('a phase as a whole lights nothing and fades nothing', () => {
  const frame = frameOf(state({ card: card('phase:forward', ['net_h1']) }), worked, drawing);
  assert.ok(!frame.now('net:h1') && !frame.faded('net:h2'));
});

test('in simultaneous order the old weight stays in use through the whole step', () => {
  for (const phase of ['backward', 'update'] as const) {
    const { share } = frameOf(state({ cursor: { step: 0, phase, index: -1 } }), worked, drawing).parameter('w5', 2);
    assert.equal(share, 0);
  }
});

test('in sequential order the new weight is in use as soon as the layer below is worked on', () => {
  const of = structure([2, 2, 2], { update_order: 'sequential' });
  const share = (index: number): number => frameOf(state({ cursor: { step: 0, phase: 'backward', index }, t: 0.5 }), of, drawing).parameter('w5', 2).share;
  assert.equal(share(2), 0);
  assert.equal(share(3), 1);
});

test('arriving at a new step the slips are applied: from the old value to the new one, the old one kept beside it', () => {
  const after = momentFrom(1, new Map([...WORKED, ['w5', 0.358916]]));
  const arrived = state({ cursor: { step: 1, phase: 'forward', index: -1 }, moment: after, result: { from: 0, to: 1, before: moment(), after } });
  const seen = (t: number) => frameOf({ ...arrived, t }, worked, drawing).parameter('w5', 2);
  assert.deepEqual(seen(0), { share: 0, before: { name: 'w5@0', value: 0.4 }, after: { name: 'w5', value: 0.358916 } });
  assert.equal(seen(1).share, 1);
  assert.ok(seen(0.2).share > 0 && seen(0.2).share < 1);
  assert.equal(frameOf({ ...arrived, t: 1 }, worked, drawing).parameter('b1', 1).share, 0);
});

test('scales grow in powers of two and hold for values that are not finite', () => {
  const wild = momentFrom(0, new Map([...WORKED, ['w5', -3.89], ['w6', NaN], ['net_o1', -Infinity]]));
  const frame = frameOf(state({ moment: wild }), worked, drawing);
  assert.equal(frame.widthDomain, 4);
  assert.ok(frame.nets.every(({ low, high }) => Number.isFinite(low) && high > low));
});
