/**
 * Where the pills with the weights sit on their edges: never on a neuron, never on each other. Each edge tries places
 * along its line; one that finds none is `crowded` and shows its pill only when it is asked for.
 */
import { around, overlap, type Rect } from './boxes.ts';
import type { EdgeRef } from './structure.ts';

export interface PillBox {
  readonly pill: Rect;
  /** Where the slip with the new weight hangs, and the gradient before it; null when there is no room for it at rest. */
  readonly slip: Rect | null;
  readonly crowded: boolean;
}

export interface Line extends EdgeRef { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
export interface PillRoom { readonly compact: boolean; readonly room: number }

export const PILL_HEIGHT = 26;
export const SLIP_HEIGHT = 26;
const MARGIN = 3;
/** Along the line, the best place of an edge that rises or falls first: near its source, where edges still lie apart. */
const PREFERENCES: readonly (readonly number[])[] = [
  [0.3, 0.27, 0.33, 0.24, 0.36, 0.21, 0.4, 0.7, 0.66, 0.74, 0.45, 0.5, 0.55, 0.18, 0.8],
  [0.7, 0.73, 0.67, 0.76, 0.64, 0.79, 0.6, 0.3, 0.34, 0.26, 0.55, 0.5, 0.45, 0.82, 0.2],
  [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.2, 0.8],
];
/** More edges than this into one layer are never labelled at rest: no drawing of 12 px text could be read. */
const MOST_PER_LAYER = 40;

export function placePills<L extends Line>(lines: readonly L[], obstacles: readonly Rect[], room: PillRoom): (L & PillBox)[] {
  const layers = [...new Set(lines.map((line) => line.layer))];
  const placed = new Map<L, PillBox>();
  for (const layer of layers) {
    for (const [line, box] of placeLayer(lines.filter((one) => one.layer === layer), obstacles, room)) placed.set(line, box);
  }
  return lines.map((line) => ({ ...line, ...(placed.get(line) ?? loose(line, room)) }));
}

function placeLayer<L extends Line>(lines: readonly L[], obstacles: readonly Rect[], room: PillRoom): Map<L, PillBox> {
  if (room.compact || lines.length > MOST_PER_LAYER || room.room < 70) return new Map();
  const tries = PREFERENCES.flatMap((places) => ORDERS.map((order) => arrangement([...lines].sort(order), places, obstacles, room)));
  return tries.reduce((best, candidate) => (cost(candidate) < cost(best) ? candidate : best));
}

const steep = (line: Line): number => Math.abs(line.y2 - line.y1);
const ORDERS: readonly ((one: Line, other: Line) => number)[] = [
  (one, other) => steep(one) - steep(other),
  (one, other) => steep(other) - steep(one),
  (one, other) => one.y1 - other.y1 || one.y2 - other.y2,
];

const cost = (boxes: ReadonlyMap<unknown, PillBox>): number =>
  [...boxes.values()].reduce((sum, box) => sum + (box.crowded ? 10 : 0) + (box.slip ? 0 : 1), 0);

function arrangement<L extends Line>(lines: readonly L[], places: readonly number[], obstacles: readonly Rect[], room: PillRoom): Map<L, PillBox> {
  const taken: Rect[] = [...obstacles];
  const boxes = new Map<L, PillBox>();
  for (const line of lines) {
    const box = fit(line, places, taken, room, true) ?? fit(line, places, taken, room, false) ?? loose(line, room);
    boxes.set(line, box);
    if (!box.crowded) taken.push(box.pill, ...(box.slip ? [box.slip] : []));
  }
  return boxes;
}

/** The first place along the line where the pill, and if asked the slip below or above it, is free. */
function fit(line: Line, places: readonly number[], taken: readonly Rect[], room: PillRoom, withSlip: boolean): PillBox | null {
  for (const place of steep(line) < 1 ? [0.5, 0.45, 0.55] : places) {
    const pill = pillAt(line, place, room);
    if (hits(pill, taken)) continue;
    if (!withSlip) return { pill, slip: null, crowded: false };
    const slip = slipsOf(line, pill).find((candidate) => !hits(candidate, taken));
    if (slip) return { pill, slip, crowded: false };
  }
  return null;
}

const hits = (box: Rect, taken: readonly Rect[]): boolean => taken.some((other) => overlap(box, other, MARGIN) > 0);

function pillAt(line: Line, place: number, room: PillRoom): Rect {
  return around(line.x1 + (line.x2 - line.x1) * place, line.y1 + (line.y2 - line.y1) * place, pillWidth(line.name, room), PILL_HEIGHT);
}

/** Room for the name and four digits with sign; a slip is a little wider, for its raised plus. */
const pillWidth = (name: string, room: PillRoom): number => Math.min(60 + 8 * name.length, Math.max(72, room.room - 6)) - (room.compact ? 6 : 0);
const SLIP_EXTRA = 10;

/** Below the pill, or above it on a rising edge, so that it never covers a neuron. */
function slipsOf(line: Line, pill: Rect): Rect[] {
  const x = pill.x - SLIP_EXTRA / 2 + 4;
  const below: Rect = { x, y: pill.y + pill.h - 2, w: pill.w + SLIP_EXTRA, h: SLIP_HEIGHT };
  const above: Rect = { ...below, y: pill.y - SLIP_HEIGHT + 2 };
  return line.y1 > line.y2 ? [above, below] : [below, above];
}

function loose(line: Line, room: PillRoom): PillBox {
  const pill = pillAt(line, 0.5, room);
  return { pill, slip: slipsOf(line, pill)[0] ?? null, crowded: true };
}
