/**
 * Numbers as people check them: the same digits in the drawing as in the sentence beside it.
 * A float that is short is shown as it is; plain decimals from 0.000001 up to 999 999 999; the minus is U+2212.
 */
export const DIGITS = 4;
export const MINUS = '\u2212';
const SMALLEST_PLAIN = 1e-6;
const LARGEST_PLAIN = 1e9;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A measured number with at least two decimals when `pad` says so (weights, inputs and targets are given that way). */
type Pad = 'none' | 'always' | 'unless-whole';

export const overview = (x: number, digits = DIGITS): string => show(x, digits, 'none');

/** The text of the quantity `name`: parameters always keep two decimals (0.40), inputs and targets unless they are whole. */
export function shown(name: string, x: number, digits = DIGITS): string {
  if (/^(w\d|b\d|b_)/.test(name)) return show(x, digits, 'always');
  return show(x, digits, /^(i\d+$|t_)/.test(name) ? 'unless-whole' : 'none');
}

/** With its sign written out: +0.0822, −0.0226. Zero has none. */
export function signed(x: number, digits = DIGITS): string {
  return x > 0 ? `+${overview(x, digits)}` : overview(x, digits);
}

function show(x: number, digits: number, pad: Pad): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : `${MINUS}∞`;
  if (x === 0) return pad === 'always' ? '0.00' : '0';
  const size = Math.abs(x);
  if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) return minus(scientific(x, digits));
  const places = decimals(size, digits);
  const short = shortPlaces(size);
  if (short > places) return minus(x.toFixed(places));
  const wanted = pad === 'always' || (pad === 'unless-whole' && short > 0) ? Math.max(short, 2) : short;
  return minus(x.toFixed(wanted));
}

/** Decimals that leave `digits` significant ones, rounding included: 9.9996 has 2, as it becomes 10.00. */
export function decimals(size: number, digits: number): number {
  const exponent = Number(size.toExponential(digits - 1).split('e')[1]);
  return Math.min(100, Math.max(0, digits - 1 - exponent));
}

/** How many decimals the shortest text of this float has; many for one that needs an exponent. */
function shortPlaces(size: number): number {
  const text = String(size);
  if (text.includes('e')) return 100;
  return text.split('.')[1]?.length ?? 0;
}

/** 3.51×10⁻⁵ in place of 0.0000351; null where a power of ten would say nothing that plain decimals do not. */
export function powerOfTen(x: number, digits: number): string | null {
  const size = Math.abs(x);
  return Number.isFinite(x) && size > 0 && (size < 1e-3 || size >= 1e5) ? minus(scientific(x, digits)) : null;
}

/** How much less (or more) it is, in percent; what has not vanished has not fallen by 100 %. */
export function percentOf(before: number, after: number): { readonly text: string; readonly almost: boolean } | null {
  const percent = Math.abs((100 * (before - after)) / before);
  if (!Number.isFinite(percent) || percent === 0) return null;
  const almost = after !== 0 && Math.abs(after) < Math.abs(before) && percent > 99.99;
  return { almost, text: almost ? '99.99' : overview(percent, percent > 99 ? DIGITS : 2) };
}

function scientific(x: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = x.toExponential(digits - 1).split('e');
  const power = [...String(Math.abs(Number(exponent)))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${power}`;
}

const minus = (text: string): string => text.replace('-', MINUS);

/** A piece of a number; `same` digits are those that old and new begin with alike, and are drawn grey. */
export interface Part { readonly text: string; readonly same: boolean }
export interface Change { readonly before: readonly Part[]; readonly after: readonly Part[]; readonly delta: string }

/** Old and new with as many digits as make them differ, and the difference with its sign. */
export function change(before: number, after: number): Change {
  const places = placesThatDiffer(before, after);
  const texts = [before, after].map((x) => (Number.isFinite(x) && Math.abs(x) < LARGEST_PLAIN ? minus(x.toFixed(places)) : overview(x)));
  const [old = '', now = ''] = texts;
  const alike = old === now ? old.length : commonStart(old, now);
  return { before: split(old, alike), after: split(now, alike), delta: signed(after - before, 3) };
}

function placesThatDiffer(before: number, after: number): number {
  const size = Math.max(Math.abs(before), Math.abs(after));
  if (!Number.isFinite(size) || size === 0) return 0;
  let places = Math.min(decimals(size, DIGITS), 20);
  while (before !== after && places < 20 && before.toFixed(places) === after.toFixed(places)) places += 1;
  return places;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function split(text: string, alike: number): Part[] {
  return [{ text: text.slice(0, alike), same: true }, { text: text.slice(alike), same: false }].filter((part) => part.text !== '');
}

/** 10000 -> "10 000", with a space that does not break. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');

const NUMBER = String.raw`[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?`;
const WHOLE = new RegExp(`^(${NUMBER})(?:/(${NUMBER}))?$`, 'i');

/** What a person typed: 0.4, 0,4, −1.5e-3 or 1/3. Null when it is no finite number; "1.234,5" is refused, not guessed. */
export function parseNumber(text: string): number | null {
  const match = WHOLE.exec(text.replaceAll(MINUS, '-').replace(/\s+/g, ''));
  if (!match?.[1]) return null;
  const value = plain(match[1]) / (match[2] === undefined ? 1 : plain(match[2]));
  return Number.isFinite(value) ? value : null;
}

/** A number all right, but beyond what a float can hold: 1e400. */
export function tooLarge(text: string): boolean {
  const match = WHOLE.exec(text.replaceAll(MINUS, '-').replace(/\s+/g, ''));
  return match?.[1] !== undefined && !Number.isFinite(plain(match[1]));
}

const plain = (text: string): number => Number(text.replace(',', '.'));
