/** From values to widths, colours and heights. Every domain grows in powers of two, so that a drawing does not breathe. */

export interface Domain { readonly low: number; readonly high: number }

const NARROWEST = 1.4;

/** The smallest power of two, at least 1, that holds `largest`. */
export function powerOfTwo(largest: number, least = 1): number {
  if (!Number.isFinite(largest)) return least;
  return Math.max(least, 2 ** Math.ceil(Math.log2(Math.max(largest, least))));
}

export function largestSize(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Line width in px: the square root makes small weights visible without letting large ones cover the drawing. */
export function edgeWidth(weight: number, domain: number, widest = 9): number {
  if (!Number.isFinite(weight)) return NARROWEST + widest;
  return NARROWEST + widest * Math.sqrt(Math.min(1, Math.abs(weight) / domain));
}

/** Blue for plus, orange for minus, and through grey at zero, mixed in OKLab by the browser. */
export function signColour(weight: number, domain: number): string {
  if (!(Math.abs(weight) > 0)) return 'var(--zero)';
  const share = Math.round(100 * Math.min(1, 0.35 + Math.sqrt(Math.abs(weight) / domain)));
  return `color-mix(in oklab, var(${weight < 0 ? '--minus' : '--plus'}) ${share}%, var(--zero))`;
}

/** Where a value stands in its domain: 0 is the bottom, 1 the top; not-finite values stay at the edges. */
export function unit(value: number, domain: Domain): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(1, Math.max(0, (value - domain.low) / (domain.high - domain.low)));
}

const IN_UNIT: readonly string[] = ['sigmoid', 'softmax'];

/** An output between 0 and 1 is a fill from the bottom; every other is a bar from zero on a printed scale. */
export const isFill = (activation: string): boolean => IN_UNIT.includes(activation);

/** What an output never falls below, or a round number just under it: 0 stands low where little lies below. */
const FLOOR: Readonly<Record<string, number>> = { relu: 0, softplus: 0, elu: -1, silu: -0.5, gelu: -0.25 };

/** One vertical scale per layer: curve, point, fill and target share it. */
export function outputDomain(activation: string, values: Iterable<number>): Domain {
  if (isFill(activation)) return { low: 0, high: 1 };
  const seen = [...values];
  const high = powerOfTwo(largestSize(seen));
  const floor = FLOOR[activation] ?? -high;
  return { low: seen.some((value) => value < floor) ? -high : floor, high };
}

const REACH: Readonly<Record<string, number>> = { sigmoid: 4.6, tanh: 2.6, softmax: 4.6, elu: 2, softplus: 2, silu: 2, gelu: 2 };

/** The part of the number line that the thumbnail of f shows; it grows when a net input lies outside. */
export function netDomain(activation: string, nets: Iterable<number>): Domain {
  const reach = REACH[activation] ?? 1;
  const high = reach * powerOfTwo(largestSize(nets) / reach);
  return { low: -high, high };
}
