/**
 * How much room each column gets and which form its neurons take. From rich to plain:
 * `full` net | f | out side by side, `stack` f | out with net below, `out` the output alone, `line` one row of text,
 * `dot` a disc. Height decides per layer, width for all layers at once.
 */
import type { Rect } from './boxes.ts';
import { lastLayer, type Structure } from './structure.ts';

export type Form = 'full' | 'stack' | 'out' | 'line' | 'dot';

export interface Cells { readonly net: number; readonly f: number; readonly out: number; readonly footer: number }

export interface Column {
  readonly layer: number;
  readonly form: Form;
  readonly x: number;
  readonly width: number;
  readonly boxHeight: number;
  readonly cells: Cells;
  /** How much wider a compact capsule gets when its curve opens. */
  readonly openWidth: number;
  readonly rows: readonly { readonly place: number; readonly y: number }[];
}

export interface Plan {
  readonly columns: readonly Column[];
  readonly target: { readonly x: number; readonly w: number } | null;
  readonly total: { readonly box: Rect; readonly slim: boolean } | null;
  readonly elisions: readonly { readonly layer: number; readonly x: number; readonly y: number; readonly count: number }[];
  readonly titles: readonly { readonly key: 'inputs' | 'hidden' | 'output' | 'target' | 'total'; readonly layer: number; readonly x: number; readonly y: number }[];
  readonly gap: number;
  readonly font: { readonly value: number; readonly label: number; readonly name: number };
}

interface Style { readonly form: Form; readonly cells: Cells; readonly input: number; readonly target: number; readonly total: number; readonly gap: number }

const style = (form: Form, net: number, f: number, out: number, input: number, target: number, total: number, gap: number): Style =>
  ({ form, cells: { net, f, out, footer: 24 }, input, target, total, gap });

/** Rich to plain; `gap` is the least room between two columns in which the form's labels can still be read. */
const STYLES: readonly Style[] = [
  style('full', 64, 72, 64, 56, 84, 74, 98),
  style('full', 60, 54, 60, 50, 76, 66, 84),
  style('stack', 0, 56, 56, 50, 76, 66, 84),
  style('stack', 0, 48, 54, 46, 74, 64, 58),
  style('out', 0, 0, 56, 46, 74, 66, 40),
  style('line', 0, 0, 84, 46, 74, 66, 24),
  style('dot', 0, 0, 18, 18, 70, 66, 0),
];
const PHONE: readonly Style[] = [
  style('out', 0, 50, 52, 38, 64, 64, 40), style('out', 0, 46, 48, 36, 62, 62, 14), style('dot', 0, 0, 16, 16, 60, 60, 0),
];

const NAME_ROW = 24;
const BIAS_ROW = 36;
const FACTS_ROW = 22;
const FACTS_ROW_COMPACT = 16;
const TITLE_ROW = 30;
/** Above the first row: the slip of a neuron's own bias, or on a phone the tags of the factors. */
const SLIP_ROW = 22;
const TAG_ROW = 34;
const TALLEST_BOX = 104;
const COMFORTABLE_BOX = 72;
const LOWEST_FULL = 44;
const LOWEST_STACK = 58;
const WIDEST_PITCH = 270;
const WIDEST_GAP = 180;
const DOT_PITCH = 15;

export interface Room { readonly width: number; readonly height: number; readonly compact: boolean; readonly open: ReadonlySet<string> }

export function planColumns(structure: Structure, room: Room): Plan {
  const titled = !room.compact && room.height > 250;
  const area = { top: (titled ? TITLE_ROW : 4) + (ownBiases(structure) && room.height > 380 ? SLIP_ROW : 0), bottom: room.height - 6 };
  if (room.compact) area.top = TAG_ROW;
  const tallness = structure.sizes.map((size, layer) => heightOf(structure, layer, size, area.bottom - area.top, room.compact));
  const chosen = chooseStyle(structure, tallness, room);
  return arrange(structure, room, chosen, tallness, area, titled);
}

const ownBiases = (structure: Structure): boolean => structure.biases.flat().some((bias) => !bias.shared);
const aboveRow = (structure: Structure, compact: boolean): number => (ownBiases(structure) && !compact ? BIAS_ROW : NAME_ROW);

/** Below a box the backward phase writes; the name of the next one comes after that. */
const belowRow = (compact: boolean): number => (compact ? FACTS_ROW_COMPACT : FACTS_ROW);

interface Tall { readonly best: Form; readonly boxHeight: number; readonly pitch: number; readonly rows: number }

const RANK: readonly Form[] = ['full', 'stack', 'out', 'line', 'dot'];
const plainer = (one: Form, other: Form): Form => (RANK.indexOf(one) > RANK.indexOf(other) ? one : other);

/** The richest form that `size` neurons leave room for, one above the other. */
function heightOf(structure: Structure, layer: number, size: number, height: number, compact: boolean): Tall {
  const pitch = Math.min(height / size, WIDEST_PITCH);
  const around = aboveRow(structure, compact) + belowRow(compact);
  // Not the tallest that fits: between two boxes there are pills, and in the update phase their slips.
  const box = Math.min(TALLEST_BOX, pitch - around, compact ? TALLEST_BOX : Math.max(COMFORTABLE_BOX, pitch * 0.42));
  if (box >= LOWEST_FULL) return { best: 'full', boxHeight: layer === 0 ? Math.min(box, compact ? 40 : 52) : box, pitch, rows: size };
  if (pitch >= 50) return { best: 'out', boxHeight: Math.min(44, pitch - NAME_ROW), pitch, rows: size };
  if (pitch >= 29 && !compact) return { best: 'line', boxHeight: 24, pitch, rows: size };
  const rows = Math.min(size, Math.floor(height / DOT_PITCH));
  return { best: 'dot', boxHeight: Math.min(18, height / rows - 3), pitch: Math.min(height / rows, 40), rows };
}

/** What a layer looks like in a style: as rich as both its height and the style allow. Inputs have one cell only. */
function formOf(tall: Tall, chosen: Style, isInput: boolean): Form {
  if (isInput && tall.best === 'full') return plainer('out', chosen.form);
  if (chosen.form === 'stack' && tall.best === 'full' && tall.boxHeight < LOWEST_STACK) return 'out';
  return plainer(tall.best, chosen.form);
}

function widthOf(form: Form, chosen: Style, isInput: boolean): number {
  if (form === 'dot') return chosen.form === 'dot' ? chosen.cells.out : 18;
  if (isInput) return form === 'line' ? 78 : chosen.input;
  if (form === 'full') return chosen.cells.net + chosen.cells.f + chosen.cells.out;
  if (form === 'stack') return chosen.cells.f + chosen.cells.out;
  return form === 'line' ? 84 : Math.max(chosen.cells.out, 52);
}

function chooseStyle(structure: Structure, tallness: readonly Tall[], room: Room): Style {
  const styles = room.compact ? PHONE : STYLES;
  const crowded = structure.weightCount > 60 ? 0.6 : 1;
  return styles.find((candidate) => {
    const gaps = (room.width - usedBy(structure, tallness, candidate, room)) / Math.max(1, lastLayer(structure));
    return gaps >= candidate.gap * crowded;
  }) ?? styles.at(-1)!;
}

const GAP_BAR = 34;
const GAP_BAR_COMPACT = 24;

const gapBar = (room: Room): number => (room.compact ? GAP_BAR_COMPACT : GAP_BAR);

/** Room for the target column and, beside it, the total; on a phone the total stands between the targets. */
function tailOf(structure: Structure, candidate: Style, room: Room): number {
  if (!structure.hasTargets) return 0;
  return gapBar(room) + candidate.target + (room.compact ? 0 : 14 + candidate.total);
}

function usedBy(structure: Structure, tallness: readonly Tall[], candidate: Style, room: Room): number {
  const widths = tallness.map((tall, layer) => widthOf(formOf(tall, candidate, layer === 0), candidate, layer === 0));
  const opening = room.compact ? candidate.cells.f : 0;
  return widths.reduce((sum, width) => sum + width, 0) + tailOf(structure, candidate, room) + opening + 4;
}

function arrange(
  structure: Structure, room: Room, chosen: Style, tallness: readonly Tall[], area: { readonly top: number; readonly bottom: number }, titled: boolean,
): Plan {
  const last = lastLayer(structure);
  const forms = tallness.map((tall, layer) => formOf(tall, chosen, layer === 0));
  const widths = forms.map((form, layer) => widthOf(form, chosen, layer === 0));
  const tail = tailOf(structure, chosen, room);
  const free = room.width - 4 - tail - widths.reduce((sum, width) => sum + width, 0);
  const opened = forms.map((form, layer) => room.compact && form === 'out' && layer > 0 && (structure.neurons[layer] ?? []).some((name) => room.open.has(name)));
  const openWidth = widthOpen(free, last, opened.filter(Boolean).length, chosen);
  const rest = free - openWidth * opened.filter(Boolean).length;
  const gap = Math.max(2, Math.min(WIDEST_GAP, rest / Math.max(1, last)));
  let x = 2 + Math.max(0, (rest - gap * last) / 2);
  const columns: Column[] = [];
  const elisions: { layer: number; x: number; y: number; count: number }[] = [];
  for (const [layer, form] of forms.entries()) {
    const width = widths[layer] ?? 0;
    // A hidden capsule opens to the right and an output to the left: the columns beside it move, nothing is covered.
    if (layer === last && opened[layer]) x += openWidth;
    const rows = rowsOf(structure, layer, tallness[layer]!, area, room);
    columns.push({ layer, form, x, width, boxHeight: heightFor(form, tallness[layer]!), cells: cellsFor(form, chosen), openWidth, rows: rows.shown });
    elisions.push(...rows.elided.map((elided) => ({ ...elided, layer, x: Math.max(x + width / 2, 36) })));
    x += width + (layer === last ? gapBar(room) : gap + (opened[layer] ? openWidth : 0));
  }
  const target = structure.hasTargets ? { x, w: chosen.target } : null;
  const total = target ? totalBox(target, chosen, room, columns.at(-1)!, area) : null;
  return {
    columns, target, total, elisions, gap,
    titles: titled ? titlesOf(columns, last, target, total) : [],
    font: room.compact ? { value: 13, label: 12, name: 14 } : chosen.form === 'full' ? { value: chosen.cells.f > 70 ? 15 : 14, label: 12, name: 16 } : { value: 13, label: 12, name: 14 },
  };
}

/** Of an edge at least this much is to be seen beside an opened capsule. */
const LEAST_GAP = 22;
const NARROWEST_CURVE = 26;

/** How far a capsule opens for its curve: as far as the gaps give, when several do. */
function widthOpen(free: number, last: number, count: number, chosen: Style): number {
  return count === 0 ? chosen.cells.f : Math.max(NARROWEST_CURVE, Math.min(chosen.cells.f, (free - LEAST_GAP * last) / count));
}

const heightFor = (form: Form, tall: Tall): number => {
  if (form === 'line') return 24;
  if (form === 'dot') return Math.min(tall.boxHeight, 18);
  return form === 'out' ? Math.min(tall.boxHeight, 88) : tall.boxHeight;
};

const cellsFor = (form: Form, chosen: Style): Cells => (form === chosen.form ? chosen.cells : { ...chosen.cells, net: 0, f: 0 });

/** Rows from the middle outwards; of a layer that is too long the first ones, the last and the needed ones are kept. */
function rowsOf(
  structure: Structure, layer: number, tall: Tall, area: { readonly top: number; readonly bottom: number }, room: Room,
): { shown: { place: number; y: number }[]; elided: { y: number; count: number }[] } {
  const slots = slotsOf(structure.neurons[layer] ?? [], tall.rows, room.open);
  // What stands above a box takes more room than what stands below; all columns move alike, so that flat edges stay flat.
  const level = (area.top + area.bottom + aboveRow(structure, room.compact) - belowRow(room.compact)) / 2;
  const centre = Math.min(level, area.bottom - ((slots.length - 1) * tall.pitch + tall.boxHeight) / 2);
  const y = (slot: number): number => centre + (slot - (slots.length - 1) / 2) * tall.pitch;
  return {
    shown: slots.flatMap((slot, row) => ('place' in slot ? [{ place: slot.place, y: y(row) }] : [])),
    elided: slots.flatMap((slot, row) => ('count' in slot ? [{ count: slot.count, y: y(row) }] : [])),
  };
}

type Slot = { readonly place: number } | { readonly count: number };

function slotsOf(names: readonly string[], rows: number, open: ReadonlySet<string>): Slot[] {
  if (names.length <= rows) return names.map((_, place) => ({ place }));
  const needed = names.map((name, place) => (open.has(name) ? place : -1)).filter((place) => place >= 0).slice(0, Math.max(0, rows - 6));
  const kept = new Set([...needed, names.length - 1]);
  const separators = kept.size + 1;
  for (let place = 0; kept.size + separators < rows && place < names.length; place += 1) kept.add(place);
  const places = [...kept].sort((one, other) => one - other);
  return places.flatMap((place, row): Slot[] => {
    const missing = place - (places[row - 1] ?? -1) - 1;
    return missing > 0 ? [{ count: missing }, { place }] : [{ place }];
  });
}

function totalBox(
  target: { readonly x: number; readonly w: number }, chosen: Style, room: Room, outputs: Column, area: { readonly top: number; readonly bottom: number },
): Plan['total'] {
  const middle = outputs.rows.length ? (outputs.rows[0]!.y + outputs.rows.at(-1)!.y) / 2 : (area.top + area.bottom) / 2;
  if (!room.compact) {
    const h = Math.min(114, Math.max(72, outputs.boxHeight * 1.1));
    return { slim: false, box: { x: target.x + target.w + 14, y: middle - h / 2, w: chosen.total, h } };
  }
  const between = outputs.rows.length % 2 === 0 && outputs.form === 'out';
  const y = between ? middle : Math.min(area.bottom - 14, (outputs.rows.at(-1)?.y ?? middle) + outputs.boxHeight / 2 + 24);
  return { slim: true, box: { x: target.x - 23, y: y - 11, w: target.w + 21, h: 22 } };
}

/** Roughly the width of a title; where columns stand closer than that, the hidden ones go without. */
const TITLE_WIDTH = 62;

function titlesOf(columns: readonly Column[], last: number, target: Plan['target'], total: Plan['total']): Plan['titles'] {
  const y = 16;
  const close = columns.some((column, index) => index > 0 && column.x + column.width / 2 - middleOf(columns[index - 1]) < TITLE_WIDTH);
  const heads: Plan['titles'][number][] = columns
    .filter((column) => !close || column.layer === 0 || column.layer === last)
    .map((column) => ({
      key: column.layer === 0 ? 'inputs' : column.layer === last ? 'output' : 'hidden', layer: column.layer, x: Math.max(middleOf(column), 24), y,
    }));
  if (target) heads.push({ key: 'target', layer: last, x: target.x + target.w / 2, y });
  if (total && !total.slim) heads.push({ key: 'total', layer: last, x: total.box.x + total.box.w / 2, y });
  return close ? heads.filter((head) => head.key !== 'output') : heads;
}

const middleOf = (column: Column | undefined): number => (column ? column.x + column.width / 2 : -Infinity);
