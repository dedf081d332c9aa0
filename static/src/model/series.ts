/** Series over steps, thinned to what a line of some hundred pixels can show; and what is worth saying about them. */

export interface Series { readonly steps: ArrayLike<number>; readonly values: ArrayLike<number> }
export interface Point { readonly step: number; readonly value: number }

const POINTS = 300;
/** The first steps change most and stand far apart on a logarithmic axis: none of them is left out. */
const FIRST = 40;

/** Places in `steps` that lie evenly on the axis, the first and the last among them. */
export function placesToDraw(steps: ArrayLike<number>, logarithmic: boolean, points = POINTS): number[] {
  const count = steps.length;
  if (count <= points) return Array.from({ length: count }, (_, place) => place);
  const places = new Set<number>([count - 1]);
  for (let place = 0; place < Math.min(count, FIRST); place += 1) places.add(place);
  for (let index = 0; index <= points; index += 1) {
    const share = index / points;
    places.add(Math.round(logarithmic ? Math.expm1(share * Math.log1p(count - 1)) : share * (count - 1)));
  }
  return [...places].sort((one, other) => one - other);
}

export const pointsAt = ({ steps, values }: Series, places: readonly number[]): Point[] =>
  places.map((place) => ({ step: steps[place] ?? NaN, value: values[place] ?? NaN }));

/** The value at a step, or at the last kept step before it. */
export function valueAt({ steps, values }: Series, step: number): number {
  let [low, high] = [0, Math.min(steps.length, values.length) - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((steps[middle] ?? Infinity) <= step) low = middle;
    else high = middle - 1;
  }
  return values[low] ?? NaN;
}

/** The first step at which the sign is no longer that of the step before; null when the series never crosses zero. */
export function crossing({ steps, values }: Series): number | null {
  for (let place = 1; place < values.length; place += 1) {
    const [before, now] = [values[place - 1] ?? 0, values[place] ?? 0];
    if (before * now < 0) return steps[place] ?? null;
  }
  return null;
}

export interface Extent { readonly low: number; readonly high: number }

/** Lowest and highest finite value; null when there is none. */
export function extentOf(all: Iterable<ArrayLike<number>>, keep: (value: number) => boolean = Number.isFinite): Extent | null {
  let [low, high] = [Infinity, -Infinity];
  for (const values of all) {
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] ?? NaN;
      if (!keep(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? { low, high } : null;
}

export interface LineEnd { readonly name: string; readonly y: number }
export interface EndLabel { readonly names: readonly string[]; readonly y: number }

/** Labels at the ends of lines: those that would touch are told together, and none covers another. */
export function endLabels(ends: readonly LineEnd[], apart: number, room: { readonly top: number; readonly bottom: number }, alone: string | null): EndLabel[] {
  const groups: { names: string[]; y: number }[] = [];
  for (const end of [...ends].sort((one, other) => one.y - other.y)) {
    const last = groups.at(-1);
    const joins = last && end.y - last.y < apart && end.name !== alone && !last.names.includes(alone ?? '');
    if (joins) last.names.push(end.name);
    else groups.push({ names: [end.name], y: end.y });
  }
  for (const [index, group] of groups.entries()) group.y = Math.max(group.y, index > 0 ? groups[index - 1]!.y + apart : room.top);
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    groups[index]!.y = Math.min(groups[index]!.y, index + 1 < groups.length ? groups[index + 1]!.y - apart : room.bottom);
  }
  return groups;
}

/** w1, w2, w3, w4 is "w1 to w4"; the words between come from the page's language. */
export function namesTogether(names: readonly string[], to: string): string {
  const sorted = [...names].sort((one, other) => numberOf(one) - numberOf(other));
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  const inRow = sorted.every((name, place) => numberOf(name) === numberOf(first) + place);
  return sorted.length > 2 && inRow ? `${first}${to}${last}` : sorted.join(', ');
}

const numberOf = (name: string): number => Number(/^w(\d+)$/.exec(name)?.[1] ?? NaN);
