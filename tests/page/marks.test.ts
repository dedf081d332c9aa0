import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textWidth } from '../../static/src/model/boxes.ts';
import { tickText } from '../../static/src/views/charts/axes.ts';
import { lensFactor } from '../../static/src/views/panel/bars.ts';
import { fits, fitted, sizeFor } from '../../static/src/views/network/marks.ts';

const SMALL = 0.0000351;

test('a text is as wide as the page draws it', () => {
  // Measured in Chromium, at 100 px.
  const widths: readonly (readonly [string, number, number])[] = [['0.0000351', 472, 495], ['−0.2026', 361, 379], ['3.51×10⁻⁵', 476, 507]];
  for (const [text, plain, bold] of widths) {
    assert.ok(Math.abs(textWidth(text, 100) - plain) < 12, `${text}: ${textWidth(text, 100)}`);
    assert.ok(Math.abs(textWidth(text, 100, true) - bold) < 12, `${text} bold: ${textWidth(text, 100, true)}`);
  }
});

test('a number in little room gives up digits down to three, then turns to a power of ten', () => {
  assert.equal(fitted('out_h1', 0.59327, { size: 10, room: 40 }), '0.5933');
  assert.equal(fitted('out_h1', 0.59327, { size: 10, room: 27 }), '0.593');
  assert.equal(fitted('E_total', 0.00003512345, { size: 10, room: 48 }), '0.0000351');
  assert.equal(fitted('E_total', 3.512345e-8, { size: 10, room: 50 }), '3.51×10⁻⁸');
  assert.equal(fitted('E_total', SMALL, { size: 10, room: 34 }), '4×10⁻⁵');
});

test('before digits are lost the text gets smaller', () => {
  assert.equal(sizeFor('E_total', 0.2984, [18, 14, 12], { room: 60, bold: true }), 18);
  const size = sizeFor('E_total', SMALL, [18, 14, 12], { room: 62, bold: true });
  assert.equal(size, 12);
  assert.ok(fits(fitted('E_total', SMALL, { size, room: 62, bold: true }), { size, room: 62, bold: true }));
});

test('ticks of huge values fit beside the axis', () => {
  for (const tick of [800_000_000, -2e300, -2.5e300, 1e-5, -1234567, 0.25]) {
    assert.ok(textWidth(tickText(tick, 3, 56), 12) <= 56, tickText(tick, 3, 56));
  }
  assert.equal(tickText(0.25, 3, 56), '0.25');
});

test('a scale is made of finite changes', () => {
  assert.equal(lensFactor([0.04, NaN]), 20);
});
