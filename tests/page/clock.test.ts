import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../static/src/paint/clock.ts';

/** Frames that come when the test says so. */
function frames() {
  let waiting: ((now: number) => void) | null = null;
  let time = 0;
  return {
    request: (callback: (now: number) => void) => {
      assert.equal(waiting, null, 'one frame at a time');
      waiting = callback;
    },
    now: () => time,
    get idle() { return waiting === null; },
    tick(ms: number): void {
      time += ms;
      const due = waiting;
      waiting = null;
      due?.(time);
    },
  };
}

test('a motion runs from 0 to 1 and then the clock rests', () => {
  const source = frames();
  const seen: number[] = [];
  let done = 0;
  createClock(source).play(100, (t) => seen.push(t), () => { done += 1; });
  for (let frame = 0; frame < 5; frame += 1) source.tick(40);
  assert.deepEqual(seen, [0.4, 0.8, 1]);
  assert.equal(done, 1);
  assert.ok(source.idle);
});

test('a motion that is stopped is heard of no more', () => {
  const source = frames();
  const seen: number[] = [];
  const stop = createClock(source).play(100, (t) => seen.push(t));
  source.tick(40);
  stop();
  source.tick(40);
  assert.deepEqual(seen, [0.4]);
});

test('a drawing asked for many times is drawn once, after the motions of its frame', () => {
  const source = frames();
  const order: string[] = [];
  const clock = createClock(source);
  const draw = (): void => { order.push('draw'); };
  clock.soon(draw);
  clock.soon(draw);
  clock.play(100, () => { order.push('tick'); clock.soon(draw); });
  source.tick(10);
  assert.deepEqual(order, ['tick', 'draw']);
});

test('no time at all is a jump', () => {
  const source = frames();
  const seen: number[] = [];
  createClock(source).play(0, (t) => seen.push(t));
  source.tick(0);
  assert.deepEqual(seen, [1]);
});
