/**
 * Where everything of the drawing stands, in CSS px: columns i | h… | o | target and error | total error, for any depth
 * and width. Text is never scaled: when room runs out, forms get simpler instead (see `columns.ts`).
 */
import { around, bottom, middleX, middleY, right, textWidth, type Rect } from './boxes.ts';
import { planColumns, type Column, type Form } from './columns.ts';
import { placePills, type PillBox } from './pills.ts';
import { lastLayer, type BiasRef, type EdgeRef, type Structure } from './structure.ts';

export type { Form } from './columns.ts';

export interface NeuronBox {
  readonly name: string;
  readonly layer: number;
  readonly place: number;
  readonly form: Form;
  readonly box: Rect;
  readonly cells: { readonly net: Rect | null; readonly f: Rect | null; readonly out: Rect };
  /** Baseline of the name; null when there is no room for one. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' } | null;
}

export interface EdgeLine extends EdgeRef, PillBox { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }

interface BiasLine { readonly neuron: string; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }

export interface BiasBox extends BiasRef {
  readonly pill: Rect;
  readonly lines: readonly BiasLine[];
  /** Whether there is room beside the pill to say that the bias is shared and fixed. */
  readonly noted: boolean;
}

export interface OutputBox { readonly neuron: string; readonly gap: Rect; readonly box: Rect | null; readonly wire: string }
export interface TotalBox { readonly box: Rect; readonly slim: boolean }
export interface Elision { readonly layer: number; readonly x: number; readonly y: number; readonly count: number }
export interface ColumnTitle { readonly key: 'inputs' | 'hidden' | 'output' | 'target' | 'total'; readonly layer: number; readonly x: number; readonly y: number }

export interface NetLayout {
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Text sizes in px of values and of small labels. */
  readonly font: { readonly value: number; readonly label: number; readonly name: number };
  readonly neurons: readonly NeuronBox[];
  readonly edges: readonly EdgeLine[];
  /** Where an edge stands in `edges`. */
  readonly edgePlaces: ReadonlyMap<string, number>;
  readonly hiddenEdges: number;
  readonly biases: readonly BiasBox[];
  readonly outputs: readonly OutputBox[];
  readonly total: TotalBox | null;
  readonly elisions: readonly Elision[];
  readonly titles: readonly ColumnTitle[];
}

export interface LayoutOptions {
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Which edges to draw between the neurons that are seen; their places are given per layer. */
  readonly edges: (drawn: readonly (readonly number[])[]) => readonly EdgeRef[];
  /** Neurons that must be seen: compact capsules open for them, and none of them is elided. */
  readonly open: ReadonlySet<string>;
}

export function layoutOf(structure: Structure, options: LayoutOptions): NetLayout {
  const plan = planColumns(structure, options);
  const neurons = plan.columns.flatMap((column) => column.rows.map((row) => neuronBox(structure, column, row, options)));
  const byName = new Map(neurons.map((neuron) => [neuron.name, neuron]));
  const biases = options.compact ? [] : structure.biases.flat().flatMap((bias) => biasBox(bias, byName));
  const outputs = plan.target ? outputBoxes(structure, byName, plan.target, plan.total) : [];
  const obstacles = obstaclesOf(neurons, biases);
  const edges = placePills(linesOf(options.edges(plan.columns.map((column) => column.rows.map((row) => row.place))), byName), obstacles, { compact: options.compact, room: plan.gap, facts: factsOf(neurons) });
  return {
    width: options.width, height: options.height, compact: options.compact, font: plan.font,
    neurons, edges, edgePlaces: new Map(edges.map((edge, place) => [edge.name, place])), hiddenEdges: structure.weightCount - edges.length, biases, outputs,
    total: plan.total, elisions: plan.elisions, titles: plan.titles,
  };
}

function neuronBox(structure: Structure, column: Column, row: Column['rows'][number], options: LayoutOptions): NeuronBox {
  const name = structure.neurons[column.layer]?.[row.place] ?? '';
  const opened = column.form === 'out' && options.compact && options.open.has(name) && column.layer > 0;
  const extra = opened ? column.openWidth : 0;
  const x = column.layer === lastLayer(structure) ? column.x - extra : column.x;
  const box: Rect = { x, y: row.y - column.boxHeight / 2, w: column.width + extra, h: column.boxHeight };
  return {
    name, layer: column.layer, place: row.place, form: column.form, box,
    cells: cellsOf(column, box, extra), label: labelOf(column, box),
  };
}

function cellsOf(column: Column, box: Rect, extra: number): NeuronBox['cells'] {
  const { cells } = column;
  if (column.form === 'full') {
    return {
      net: { ...box, w: cells.net }, f: { ...box, x: box.x + cells.net, w: cells.f },
      out: { ...box, x: box.x + cells.net + cells.f, w: cells.out },
    };
  }
  if (column.form === 'stack') {
    const upper = { ...box, h: box.h - cells.footer };
    return {
      net: { ...box, y: bottom(upper), h: cells.footer }, f: { ...upper, w: cells.f },
      out: { ...upper, x: box.x + cells.f, w: cells.out },
    };
  }
  return { net: null, f: extra > 0 ? { ...box, w: extra } : null, out: { ...box, x: box.x + extra, w: box.w - extra } };
}

function labelOf(column: Column, box: Rect): NeuronBox['label'] {
  if (column.form === 'dot' || column.form === 'line') return null;
  const wide = column.form === 'full' || column.form === 'stack';
  return { x: wide ? box.x + 2 : middleX(box), y: box.y - 8, anchor: wide ? 'start' : 'middle' };
}

function linesOf(edges: readonly EdgeRef[], byName: ReadonlyMap<string, NeuronBox>): Omit<EdgeLine, keyof PillBox>[] {
  return edges.flatMap((edge) => {
    const [source, target] = [byName.get(edge.source), byName.get(edge.target)];
    if (!source || !target) return [];
    return [{ ...edge, x1: right(source.box), y1: middleY(source.box), x2: target.box.x, y2: middleY(target.box) }];
  });
}

const BIAS_HEIGHT = 26;
const FACTS = 18;

function biasBox(bias: BiasRef, byName: ReadonlyMap<string, NeuronBox>): BiasBox[] {
  const seen = bias.targets.map((name) => byName.get(name)).filter((neuron) => neuron !== undefined);
  const [first, second] = seen;
  if (!first || (first.form !== 'full' && first.form !== 'stack')) return [];
  return [bias.shared && second ? sharedBias(bias, seen, first, second) : ownBias(bias, seen, first)];
}

/** One satellite between the first two neurons, with an edge to each; the further ones hang on the same line. */
function sharedBias(bias: BiasRef, seen: readonly NeuronBox[], first: NeuronBox, second: NeuronBox): BiasBox {
  const x = first.cells.net ? first.cells.net.x + Math.min(first.cells.net.w, 60) * 0.66 : middleX(first.box);
  const y = (bottom(first.box) + second.box.y - 12) / 2;
  const pill = around(x, y, 82, BIAS_HEIGHT);
  return {
    ...bias, pill, noted: first.form === 'full' && seen.length === 2,
    lines: seen.map((neuron) => ({ neuron: neuron.name, x1: x, y1: y, x2: x, y2: neuron.box.y > y ? neuron.box.y : bottom(neuron.box) })),
  };
}

/** A neuron's own bias sits on the line of its name, right above the cell where the sum is made. */
function ownBias(bias: BiasRef, seen: readonly NeuronBox[], first: NeuronBox): BiasBox {
  const width = Math.min(110, first.box.w - textWidth(first.name, first.form === 'stack' ? 14 : 16) - 8);
  const pill: Rect = { x: right(first.box) - width, y: first.box.y - BIAS_HEIGHT - 6, w: width, h: BIAS_HEIGHT };
  const x = pill.x + 14;
  return { ...bias, pill, noted: false, lines: seen.map((neuron) => ({ neuron: neuron.name, x1: x, y1: bottom(pill), x2: x, y2: neuron.box.y })) };
}

function outputBoxes(
  structure: Structure, byName: ReadonlyMap<string, NeuronBox>, target: { readonly x: number; readonly w: number }, total: TotalBox | null,
): OutputBox[] {
  return (structure.neurons[lastLayer(structure)] ?? []).flatMap((name) => {
    const neuron = byName.get(name);
    if (!neuron) return [];
    const { out } = neuron.cells;
    const gap: Rect = { x: right(neuron.box), y: out.y, w: target.x - right(neuron.box), h: out.h };
    const box: Rect | null = neuron.form === 'dot' ? null : { x: target.x, y: neuron.box.y, w: target.w, h: neuron.box.h };
    return [{ neuron: name, gap, box, wire: total ? wireOf(box ?? gap, total.box) : '' }];
  });
}

/** From a target box to the total: straight when level with it, else round one corner. */
function wireOf(from: Rect, total: Rect): string {
  const [x, y] = [right(from), middleY(from)];
  const above = y < total.y;
  if (!above && y <= bottom(total)) return `M${x} ${y}H${total.x}`;
  if (total.x < x) return `M${middleX(from)} ${above ? bottom(from) : from.y}V${above ? total.y : bottom(total)}`;
  const centre = middleX(total);
  return `M${x} ${y}H${centre - 12}Q${centre} ${y} ${centre} ${y + (above ? 12 : -12)}V${above ? total.y : bottom(total)}`;
}

/** Below each box the backward phase writes its delta and slope. */
const factsOf = (neurons: readonly NeuronBox[]): Rect[] => neurons
  .filter(({ layer, form }) => layer > 0 && form !== 'dot' && form !== 'line')
  .map(({ box }) => ({ ...box, y: bottom(box), h: FACTS }));

/** What neither a pill nor a slip may cover: boxes, names and satellites. */
function obstaclesOf(neurons: readonly NeuronBox[], biases: readonly BiasBox[]): Rect[] {
  const names = neurons.flatMap((neuron) => (neuron.label ? [{ x: neuron.label.anchor === 'start' ? neuron.label.x : neuron.label.x - 16, y: neuron.label.y - 13, w: 32, h: 16 }] : []));
  return [...neurons.map((neuron) => neuron.box), ...names, ...biases.map((bias) => bias.pill)];
}
