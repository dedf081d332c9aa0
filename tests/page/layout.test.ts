import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bottom, overlap, right, type Rect } from '../../static/src/model/boxes.ts';
import type { NetLayout } from '../../static/src/model/layout.ts';
import { neighbour } from '../../static/src/model/neighbours.ts';
import { layout, structure } from './samples.ts';

const own = { bias: { mode: 'per_neuron', trainable: true } } as const;
/** The room for the drawing on the screens that the page is made for, charts open or not. */
const ROOMS = [[868, 550], [868, 300], [764, 400], [764, 250], [1000, 700]] as const;
const SIZES = [[2, 2, 2], [2, 3, 1], [3, 4, 2], [2, 4, 4, 1], [1, 1], [8, 8, 8], [16, 12, 10], [784, 128, 64, 10], [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2]];

function labels(drawing: NetLayout): Rect[] {
  const named = drawing.edges.filter((edge) => !edge.crowded);
  return [...named.map((edge) => edge.pill), ...named.flatMap((edge) => (edge.slip ? [edge.slip] : [])), ...drawing.biases.map((bias) => bias.pill)];
}

/** A slip hangs from its pill, so those two may touch. */
const apart = (one: Rect, other: Rect): boolean => overlap(one, other) <= 2.1 * Math.max(one.w, other.w);

test('no label lies on a neuron or on another label, whatever the network and the room', () => {
  for (const sizes of SIZES) {
    for (const [width, height] of ROOMS) {
      for (const more of [{}, own]) {
        const drawing = layout(structure(sizes, more), width, height);
        const all = labels(drawing);
        const boxes = drawing.neurons.map((neuron) => neuron.box);
        for (const label of all) for (const box of boxes) assert.equal(overlap(label, box), 0, `${sizes} ${width}x${height}`);
        for (const [place, one] of all.entries()) for (const other of all.slice(place + 1)) assert.ok(apart(one, other), `${sizes} ${width}x${height}`);
      }
    }
  }
});

test('neurons of a layer never overlap, and all of it stays inside the drawing', () => {
  for (const sizes of SIZES) {
    for (const [width, height] of [...ROOMS, [344, 246], [316, 246]]) {
      const drawing = layout(structure(sizes), width!, height!);
      for (const [place, one] of drawing.neurons.entries()) {
        assert.ok(one.box.x >= 0 && right(one.box) <= width! && one.box.y >= 0 && bottom(one.box) <= height! + 1, `${sizes} ${width}x${height} ${one.name}`);
        for (const other of drawing.neurons.slice(place + 1)) assert.equal(overlap(one.box, other.box), 0, `${sizes} ${one.name} ${other.name}`);
      }
      const tail = drawing.total?.box;
      if (tail) assert.ok(right(tail) <= width! + 1, `${sizes} ${width}`);
    }
  }
});

test('in the worked example every weight has its pill and its slip, from 1280 x 720 up', () => {
  for (const [width, height] of [[868, 550], [764, 400]] as const) {
    const drawing = layout(structure([2, 2, 2]), width, height);
    assert.ok(drawing.edges.every((edge) => !edge.crowded && edge.slip !== null), `${width}x${height}`);
    assert.ok(drawing.neurons.filter((neuron) => neuron.layer > 0).every((neuron) => neuron.form === 'full'));
  }
});

test('flat edges are flat: neurons of equal layers stand level', () => {
  for (const more of [{}, own]) {
    for (const edge of layout(structure([2, 2, 2], more), 868, 550).edges.filter((one) => one.to === one.from)) assert.equal(edge.y1, edge.y2);
  }
});

test('what does not fit gets simpler, and what is left out is counted', () => {
  const large = layout(structure([784, 128, 10]), 868, 550);
  assert.equal(large.edges.length, 400);
  assert.equal(large.edges.length + large.hiddenEdges, 784 * 128 + 1280);
  const seen = large.neurons.filter((neuron) => neuron.layer === 0).length;
  const left = large.elisions.filter((elision) => elision.layer === 0).reduce((sum, elision) => sum + elision.count, 0);
  assert.equal(seen + left, 784);
  assert.ok(large.neurons.every((neuron) => neuron.layer > 0 || neuron.form === 'dot'));
});

test('a neuron that is looked at is never left out, and on a phone its curve opens', () => {
  const long = layout(structure([2, 300, 2]), 868, 550, ['h150']);
  assert.ok(long.neurons.some((neuron) => neuron.name === 'h150'));
  const phone = layout(structure([2, 2, 2]), 344, 246, ['o1']);
  const cells = (name: string) => phone.neurons.find((neuron) => neuron.name === name)!.cells;
  assert.ok(cells('o1').f && !cells('o2').f && !cells('h1').f);
});

test('on a phone the gaps are alike, and a curve that opens covers nothing', () => {
  const rights = (drawing: ReturnType<typeof layout>, layer: number): number => Math.max(...drawing.neurons.filter((one) => one.layer === layer).map(({ box }) => box.x + box.w));
  const lefts = (drawing: ReturnType<typeof layout>, layer: number): number => Math.min(...drawing.neurons.filter((one) => one.layer === layer).map(({ box }) => box.x));
  for (const open of [[], ['h1'], ['o1'], ['h1', 'o1', 'o2']]) {
    for (const width of [344, 314]) {
      const phone = layout(structure([2, 2, 2]), width, 246, open);
      const gaps = [1, 2].map((layer) => lefts(phone, layer) - rights(phone, layer - 1));
      assert.ok(Math.min(...gaps) >= 12, `${open} at ${width}: ${gaps}`);
      assert.ok(Math.abs(gaps[0]! - gaps[1]!) < 1, `${open} at ${width}: ${gaps}`);
      const total = phone.total!.box;
      assert.ok(total.x + total.w <= width, 'the box of the error is inside the drawing');
    }
  }
});

test('on a phone a name and what is written below the box above it keep apart', () => {
  const phone = layout(structure([2, 2, 2]), 344, 246);
  const [upper, lower] = ['h1', 'h2'].map((name) => phone.neurons.find((one) => one.name === name)!);
  const written = upper!.box.y + upper!.box.h + 16;
  assert.ok(lower!.label!.y - 11 >= written, `${lower!.label!.y} after ${written}`);
});

test('on a phone a slip hangs where it covers least', () => {
  const phone = layout(structure([2, 2, 2]), 344, 246);
  const slip = phone.edges.find(({ name }) => name === 'w2')!.slip!;
  for (const name of ['h2', 'i2']) {
    const { label } = phone.neurons.find((one) => one.name === name)!;
    const covers = slip.x < label!.x + 10 && slip.x + slip.w > label!.x - 10 && slip.y < label!.y && slip.y + slip.h > label!.y - 11;
    assert.ok(!covers, name);
  }
});

test('without data there is neither target nor error', () => {
  const drawing = layout(structure([2, 2, 2], { data: null }), 868, 550);
  assert.equal(drawing.total, null);
  assert.deepEqual(drawing.outputs, []);
});

test('arrow keys walk along the connections', () => {
  const of = structure([2, 2, 2]);
  const drawing = layout(of, 868, 550);
  const walk = (key: string, ...ways: readonly ('left' | 'right' | 'up' | 'down')[]): string | null =>
    ways.reduce<string | null>((here, way) => here && neighbour(drawing, of, here, way), key);
  assert.equal(walk('i1', 'right'), 'w1');
  assert.equal(walk('i1', 'right', 'right', 'right', 'right', 'right', 'right'), 'E_total');
  assert.equal(walk('w5', 'left'), 'h1');
  assert.equal(walk('h1', 'down', 'up'), 'h1');
  assert.equal(walk('i1', 'left'), null);
  assert.equal(walk('E_total', 'left', 'left'), 'o1');
});

test('a low drawing above the charts still names every weight of the worked example', () => {
  for (const height of [300, 310, 320]) {
    const drawing = layout(structure([2, 2, 2], { bias: { mode: 'shared', trainable: false } }), 868, height);
    assert.deepEqual(drawing.edges.filter((edge) => edge.crowded).map(({ name }) => name), [], `868x${height}`);
  }
});

test('every label of a gap is reached by going down', () => {
  const of = structure([2, 2, 2]);
  const drawing = layout(of, 868, 550);
  const reached: string[] = [];
  const first = [...drawing.edges, ...drawing.biases].filter((one) => one.layer === 2).sort((one, other) => one.pill.y - other.pill.y || one.pill.x - other.pill.x)[0]!;
  for (let key: string | null = first.name; key; key = neighbour(drawing, of, key, 'down')) reached.push(key);
  assert.deepEqual(reached.sort(), ['b2', 'w5', 'w6', 'w7', 'w8']);
});
