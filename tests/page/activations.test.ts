import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CURVED, curveOf } from '../../static/src/model/activations.ts';

const H = 1e-5;
/** None at 0, where some have a corner; some far out, where they are flat. */
const POINTS = [-700, -40, -8, -3, -1.3, -0.4, -0.01, 0.01, 0.2, 0.9, 2.6, 7, 40, 700];

for (const name of CURVED) {
  test(`the slope of ${name} is that of its curve`, () => {
    const { f, slope } = curveOf(name)!;
    for (const z of POINTS) {
      const measured = (f(z + H) - f(z - H)) / (2 * H);
      assert.ok(Math.abs(slope(z) - measured) < 1e-7 * Math.max(1, Math.abs(z)), `${name} at ${z}: ${slope(z)} is not ${measured}`);
    }
  });
}

test('what shares 1 out among its layer has no curve of its own', () => {
  assert.equal(curveOf('softmax'), null);
});
