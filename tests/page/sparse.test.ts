import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { SparseRecording } from '../../static/src/actions/sparse.ts';

const asked: string[][] = [];

/** A service that knows every name but `nope`: its value is the length of the name. */
function answer(address: string): Response {
  const names = new URL(address, 'http://localhost').searchParams.get('names')?.split(',') ?? [];
  asked.push(names);
  if (names.includes('nope')) return new Response('{}', { status: 404 });
  return new Response(Float64Array.from(names, (name) => name.length).buffer, { headers: { 'Slowprop-Shape': `1,${names.length}` } });
}

beforeEach(() => {
  asked.length = 0;
  globalThis.fetch = async (address) => answer(String(address));
});

function recording(first: readonly string[]): { sparse: SparseRecording; wishes: () => number } {
  let wishes = 0;
  const sparse = new SparseRecording('n', [], 0, first, () => { wishes += 1; });
  return { sparse, wishes: () => wishes };
}

test('a moment has what was asked for first, and wishes for the rest once', async () => {
  const { sparse, wishes } = recording(['net_h1']);
  const moment = await sparse.moment(0);
  assert.equal(moment.value('net_h1'), 6);
  assert.equal(moment.value('w5'), undefined);
  assert.equal(moment.value('w77'), undefined);
  await Promise.resolve();
  assert.equal(wishes(), 1);
  const filled = await sparse.moment(0);
  assert.deepEqual([filled.value('w5'), filled.value('w77')], [2, 3]);
  assert.deepEqual(asked, [['net_h1'], ['w5', 'w77']]);
});

test('the next step comes with all that the page looked at', async () => {
  const { sparse, wishes } = recording(['net_h1']);
  (await sparse.moment(0)).value('w5');
  await Promise.resolve();
  assert.equal((await sparse.moment(1)).value('w5'), 2);
  await Promise.resolve();
  assert.equal(wishes(), 1);
});

test('what changed is asked for again', async () => {
  const { sparse } = recording(['w5']);
  await sparse.moment(3);
  sparse.forgetFrom(3);
  await sparse.moment(3);
  assert.equal(asked.length, 2);
});

test('a name that the network does not have is NaN, and costs the others nothing', async () => {
  const { sparse } = recording(['w5', 'nope', 'net_h1']);
  const moment = await sparse.moment(0);
  assert.ok(Number.isNaN(moment.value('nope')));
  assert.deepEqual([moment.value('w5'), moment.value('net_h1')], [2, 6]);
});
