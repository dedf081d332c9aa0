/**
 * Where the pills with the weights sit on their edges: never on a neuron, never on each other. Each edge tries places
 * along its line; one that finds none is `crowded` and shows its pill only when it is asked for.
 */
import { around, overlap, type Rect } from './boxes.ts';
import type { EdgeRef } from './structure.ts';

export interface PillBox {
  readonly pill: Rect;
  /** Where the gap is narrow the pill shows the value alone, and grows to this when it is asked for. */
  readonly wide: Rect;
  /** Where the slip with the new weight hangs, and the gradient before it; null when there is no room for it at rest. */
  readonly slip: Rect | null;
  readonly crowded: boolean;
}

export interface Line extends EdgeRef { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
export interface PillRoom {
  readonly compact: boolean;
  /** Width of the gap between two columns. */
  readonly room: number;
  /** Where the backward phase writes below boxes: closed to pills, but free again when slips hang there. */
  readonly facts: readonly Rect[];
}

const TALL = 26;
const LOW = 24;
const MARGIN = 2;
/** Places along a line, by how near they are to a wanted one: near the source, near the target, in the middle. */
const placesBy = (wanted: number, apart: number): number[] =>
  Array.from({ length: Math.round(0.76 / apart) + 1 }, (_, index) => 0.12 + index * apart).sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted));
const PREFERENCES = [0.3, 0.7, 0.5];
const FINE = PREFERENCES.map((wanted) => placesBy(wanted, 0.01));
const COARSE = PREFERENCES.map((wanted) => placesBy(wanted, 0.03));
/** Up to here every fine place is tried; more edges find their places soon enough, or not at all. */
const FEW = 9;
/** More edges than this into one layer are never labelled at rest: no drawing of 12 px text could be read. */
const MOST_PER_LAYER = 40;

export function placePills<L extends Line>(lines: readonly L[], obstacles: readonly Rect[], room: PillRoom): (L & PillBox)[] {
  const layers = [...new Set(lines.map((line) => line.layer))];
  const placed = new Map<L, PillBox>();
  for (const layer of layers) {
    for (const [line, box] of placeLayer(lines.filter((one) => one.layer === layer), obstacles, room)) placed.set(line, box);
  }
  return lines.map((line) => ({ ...line, ...(placed.get(line) ?? loose(line, obstacles, room)) }));
}

/** Where slips hang: each with its pill, naturally or the other way round, or wherever room is left once all pills stand. */
type Hanging = 'natural' | 'reversed' | 'left-over';

/** Tries a few orders and places, with and without room for slips, and keeps the arrangement that shows most. */
function placeLayer<L extends Line>(lines: readonly L[], obstacles: readonly Rect[], room: PillRoom): Map<L, PillBox> {
  if (room.compact || lines.length > MOST_PER_LAYER || room.room < 56) return new Map();
  const few = lines.length <= FEW;
  const hangings: readonly Hanging[] = few ? ['natural', 'reversed', 'left-over'] : ['natural', 'left-over'];
  const tries = hangings.flatMap((hanging) => (few ? FINE : COARSE).flatMap((places) =>
    ORDERS.map((order) => arrangement([...lines].sort(order), places, obstacles, room, hanging))));
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

function arrangement<L extends Line>(lines: readonly L[], places: readonly number[], obstacles: readonly Rect[], room: PillRoom, hanging: Hanging): Map<L, PillBox> {
  const taken: Rect[] = [...obstacles];
  const boxes = new Map<L, PillBox>();
  for (const line of lines) {
    const box = (hanging === 'left-over' ? null : fit(line, places, taken, room, hanging)) ?? fit(line, places, taken, room, null)
      ?? fit(line, places, taken, { ...room, facts: [] }, null) // rather covers what one phase writes than has no label
      ?? loose(line, obstacles, room);
    boxes.set(line, box);
    if (!box.crowded) taken.push(box.pill, ...(box.slip ? [box.slip] : []));
  }
  for (const [line, box] of boxes) {
    const slip = box.crowded || box.slip ? null : freeSlip(slipsOf(line, box.pill), taken, box.pill);
    if (!slip) continue;
    taken.push(slip);
    boxes.set(line, { ...box, slip });
  }
  return boxes;
}

/** The first place along the line where the pill is free, and with `hanging` the slip below or above it too. */
function fit(line: Line, places: readonly number[], taken: readonly Rect[], room: PillRoom, hanging: Hanging | null): PillBox | null {
  for (const place of steep(line) < 1 ? [0.5, 0.45, 0.55] : places) {
    const pill = pillAt(line, place, room);
    if (hits(pill, taken) || hits(pill, room.facts)) continue;
    const wide = wideOf(pill, line.name, room);
    if (hanging === null) return { pill, wide, slip: null, crowded: false };
    const slips = slipsOf(line, pill);
    const slip = freeSlip(hanging === 'reversed' && steep(line) > 1 ? slips.reverse() : slips, taken);
    if (slip) return { pill, wide, slip, crowded: false };
  }
  return null;
}

/** A slip overlaps the rim of its own pill; apart from that it covers nothing. */
const freeSlip = (slips: readonly Rect[], taken: readonly Rect[], own: Rect | null = null): Rect | null =>
  slips.find((slip) => !taken.some((other) => other !== own && overlap(slip, other) > 0)) ?? null;

const hits = (box: Rect, taken: readonly Rect[]): boolean => taken.some((other) => overlap(box, other, MARGIN) > 0);

function pillAt(line: Line, place: number, room: PillRoom): Rect {
  return around(line.x1 + (line.x2 - line.x1) * place, line.y1 + (line.y2 - line.y1) * place, pillWidth(line.name, room), heightIn(room));
}

/** In a narrow gap the pill shows the value alone. */
const NARROW = 82;
const TIGHT = 98;
const BARE = 48;
const SLIP_EXTRA = 8;
const LEAST_SLIP = 84;

const bare = (room: PillRoom): boolean => room.room < NARROW && !room.compact;
const heightIn = (room: PillRoom): number => (room.room < TIGHT && !room.compact ? LOW : TALL);

/** Room for the name and four digits with sign, as far as the gap allows; a slip is wider, for its raised plus and its fold. */
const named = (name: string, room: PillRoom, clear: number): number =>
  (room.compact ? 74 : Math.min(68 + 8 * name.length, Math.max(74, room.room - clear)));
const pillWidth = (name: string, room: PillRoom): number => (bare(room) ? BARE : named(name, room, 12));
/** Asked for, it says as many digits as the sentence about it, and may come nearer to its neighbours. */
const wideOf = (pill: Rect, name: string, room: PillRoom): Rect => around(pill.x + pill.w / 2, pill.y + pill.h / 2, Math.max(pill.w, named(name, room, 4)), pill.h);

/** Below the pill, or above it on a rising edge, so that it never covers a neuron. */
function slipsOf(line: Line, pill: Rect): Rect[] {
  const w = Math.max(pill.w + SLIP_EXTRA, LEAST_SLIP);
  const below: Rect = { x: pill.x + pill.w / 2 - w / 2 + 1, y: pill.y + pill.h - 2, w, h: pill.h };
  const above: Rect = { ...below, y: pill.y - pill.h + 2 };
  return line.y1 > line.y2 ? [above, below] : [below, above];
}

const LOOSE_PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/** Only shown when it is asked for: where it and its slip cover least of what is around. */
function loose(line: Line, obstacles: readonly Rect[], room: PillRoom): PillBox {
  const covered = (box: Rect): number => obstacles.reduce((sum, other) => sum + overlap(box, other), 0);
  const options = LOOSE_PLACES.flatMap((place) => {
    const pill = wideOf(pillAt(line, place, room), line.name, room);
    return slipsOf(line, pill).map((slip) => ({ pill, slip, covers: covered(pill) + covered(slip) }));
  });
  const { pill, slip } = options.reduce((best, option) => (option.covers < best.covers ? option : best));
  return { pill, wide: pill, slip, crowded: true };
}
