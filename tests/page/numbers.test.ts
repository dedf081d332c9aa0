import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, overview, parseNumber, percentOf, powerOfTen, shown, signed, tooLarge, type Part } from '../../static/src/model/numbers.ts';

const text = (parts: readonly Part[]): string => parts.map((part) => (part.same ? `(${part.text})` : part.text)).join('');

test('an overview has four significant digits, a true minus, and no exponent down to a millionth', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0.3775, '0.3775'], [0.5932699921071872, '0.5933'], [1.10590596705977, '1.106'], [-4.12512, '−4.125'], [0.02356002558, '0.02356'],
    [0.5, '0.5'], [9.99996, '10.00'], [12345.678, '12346'], [0.0000175283, '0.00001753'], [0.000001, '0.000001'], [0, '0'], [-0, '0'],
  ];
  for (const [value, expected] of cases) assert.equal(overview(value), expected);
});

test('beyond plain decimals a power of ten is written, and what is not finite is named', () => {
  assert.equal(overview(1.2345e-7), '1.235×10⁻⁷');
  assert.equal(overview(-2.5e300), '−2.500×10³⁰⁰');
  assert.deepEqual([NaN, Infinity, -Infinity].map((value) => overview(value)), ['NaN', '∞', '−∞']);
});

test('parameters keep two decimals, inputs and targets unless they are whole', () => {
  assert.equal(shown('w5', 0.4), '0.40');
  assert.equal(shown('b_h2_1', 1), '1.00');
  assert.equal(shown('i2', 0.1), '0.10');
  assert.equal(shown('t_o1', 1), '1');
  assert.equal(shown('out_h1', 0.5), '0.5');
});

test('fewer digits where a network is large', () => {
  assert.equal(overview(0.12345, 3), '0.123');
  assert.equal(signed(0.0822, 2), '+0.082');
});

test('a change has as many digits as make old and new differ, and the equal ones are told apart', () => {
  const step = change(0.15, 0.1497807161327628);
  assert.equal(text(step.before), '(0.1)500');
  assert.equal(text(step.after), '(0.1)498');
  assert.equal(step.delta, '−0.000219');
  assert.equal(text(change(0.4, 0.35891647971788465).after), '(0.)3589');
  assert.equal(text(change(0.15, 0.14999999).after), '(0.1)4999999');
});

test('nothing is grey in a number that changed its sign, and nothing is bold in one that did not change', () => {
  assert.equal(text(change(0.0177, -0.0256).after), '−0.02560');
  assert.equal(text(change(0.35, 0.35).after), '(0.3500)');
  assert.equal(change(1, NaN).delta, 'NaN');
});

test('what people type is read: decimal comma, fraction, true minus', () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ['0.4', 0.4], ['0,4', 0.4], ['−1.5e-3', -0.0015], ['1/4', 0.25], [' 1 / 3 ', 1 / 3], ['.5', 0.5], ['+2', 2],
    ['1/0', null], ['', null], ['abc', null], ['1.234,5', null], ['1e400', null], ['NaN', null], ['Infinity', null], ['1/2/3', null],
  ];
  for (const [typed, expected] of cases) assert.equal(parseNumber(typed), expected, typed);
});

test('what has not vanished has not fallen by 100 %', () => {
  assert.deepEqual(percentOf(0.25, 2.6e-32), { almost: true, text: '99.99' });
  assert.deepEqual(percentOf(0.2984, 0.00003510), { almost: false, text: '99.99' });
  assert.deepEqual(percentOf(1, 0), { almost: false, text: '100' });
  assert.deepEqual(percentOf(0.298371, 0.291028), { almost: false, text: '2.5' });
  assert.deepEqual([percentOf(1, NaN), percentOf(NaN, 1), percentOf(0.5, 0.5)], [null, null, null]);
});

test('a power of ten stands in only where it is shorter to read', () => {
  assert.equal(powerOfTen(0.0000351, 3), '3.51×10⁻⁵');
  assert.equal(powerOfTen(-8e8, 1), '−8×10⁸');
  assert.deepEqual([0, 0.5, 1234, NaN, Infinity].map((value) => powerOfTen(value, 3)), [null, null, null, null, null]);
});

test('a number beyond a float is told from what is none', () => {
  assert.deepEqual(['1e400', '-1e999', '1e300', 'a lot', '1/0'].map((text) => tooLarge(text)), [true, true, false, false, false]);
});
