/**
 * What moves while a quantity is computed: a handful of dots on edges, each a pure function of progress p in [0, 1].
 * The size of a dot is the size of what it carries, relative to the largest of its group; nothing is exaggerated unsaid.
 */
import type { Moment } from '../types/state.ts';
import { edgeNamed, edgesInto, edgesOutOf, lastLayer, neuronPlace, type EdgeRef, type Structure } from './structure.ts';

export type Route =
  | { readonly kind: 'edge'; readonly name: string }
  | { readonly kind: 'bias'; readonly name: string; readonly neuron: string }
  | { readonly kind: 'cells'; readonly neuron: string }
  | { readonly kind: 'error'; readonly neuron: string };

/** A dot at `u` of its route (0: where values start, 1: where they arrive). Backward dots run from 1 to 0. */
export interface Flow { readonly route: Route; readonly u: number; readonly size: number; readonly tone: 'value' | 'delta'; readonly negative: boolean }

const MOST = 40;

export const ease = (p: number): number => (p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2);
export const clamp = (x: number): number => Math.min(1, Math.max(0, x));
export const mix = (from: number, to: number, p: number): number => from + (to - from) * p;

/** Progress of part `place` of `count` parts that start one after another, each taking `share` of the whole. */
export const staggered = (p: number, place: number, count: number, share: number): number =>
  clamp((p - (count > 1 ? (place / (count - 1)) * (1 - share) : 0)) / share);

/** The dots on their way while `name` is computed. None when it is not moving. */
export function flowsOf(name: string, p: number, structure: Structure, moment: Moment): Flow[] {
  if (p <= 0 || p >= 1) return [];
  const read = (key: string): number => moment.peek(key) ?? 0;
  const quotient = /^dE\/dout_(.+)$/.exec(name)?.[1];
  if (name.startsWith('net_')) return gathering(name.slice(4), p, structure, read);
  if (name === 'E_total') return collecting(p, structure, read);
  if (name.startsWith('delta_')) return shrinking(name.slice(6), p, read);
  if (quotient) return spreadingBack(quotient, null, p, structure, read);
  const [, through, into] = /^dE_(.+)\/dout_(.+)$/.exec(name) ?? [];
  if (through && into) return spreadingBack(into, through, p, structure, read);
  const used = /^dnet_.+\/d(w\d+)$/.exec(name)?.[1];
  if (used) return carrying(used, p, structure, read);
  if (name.startsWith('dE/dw')) return arriving(name, p, structure, read);
  return [];
}

type Read = (name: string) => number;

const sizesOf = (values: readonly number[]): number[] => {
  const largest = Math.max(...values.map(Math.abs), Number.MIN_VALUE);
  return values.map((value) => (Number.isFinite(value) ? Math.abs(value) / largest : 1));
};

const moving = (flows: readonly Flow[]): Flow[] => flows.filter((flow) => flow.u > 0 && flow.u < 1);

/** Forward: each source's share runs along its edge; the first sets out first. */
function gathering(neuron: string, p: number, structure: Structure, read: Read): Flow[] {
  const at = neuronPlace(structure, neuron);
  if (!at) return [];
  const edges = edgesInto(structure, at.layer, at.place).slice(0, MOST);
  const carried = edges.map((edge) => read(edge.name) * read(outName(edge.source)));
  const bias = structure.biases[at.layer]?.find((one) => one.targets.includes(neuron));
  const count = edges.length + (bias ? 1 : 0);
  const sizes = sizesOf(carried);
  const flows: Flow[] = edges.map((edge, place) => ({
    route: { kind: 'edge', name: edge.name }, u: ease(staggered(p, place, count, 0.55)), size: sizes[place] ?? 0,
    tone: 'value', negative: (carried[place] ?? 0) < 0,
  }));
  if (bias) {
    flows.push({ route: { kind: 'bias', name: bias.name, neuron }, u: ease(staggered(p, count - 1, count, 0.55)), size: 0.5, tone: 'value', negative: read(bias.name) < 0 });
  }
  return moving(flows);
}

/** The sum of what has arrived so far; at p = 1 exactly the net input. Where not all of the weights are here, that at once. */
export function netSoFar(neuron: string, p: number, structure: Structure, moment: Moment): number {
  const net = moment.value(`net_${neuron}`) ?? NaN;
  const at = neuronPlace(structure, neuron);
  if (p >= 1 || !at || !moment.complete) return net;
  const edges = edgesInto(structure, at.layer, at.place);
  const bias = structure.biases[at.layer]?.find((one) => one.targets.includes(neuron));
  const parts = edges.map((edge) => (moment.value(edge.name) ?? 0) * (moment.value(outName(edge.source)) ?? 0));
  if (bias) parts.push(moment.value(bias.name) ?? 0);
  return parts.reduce((sum, part, place) => sum + (staggered(p, place, parts.length, 0.55) >= 1 ? part : 0), 0);
}

const outName = (neuron: string): string => (neuron.startsWith('i') ? neuron : `out_${neuron}`);

function collecting(p: number, structure: Structure, read: Read): Flow[] {
  const outputs = structure.neurons[lastLayer(structure)] ?? [];
  const sizes = sizesOf(outputs.map((output) => read(`E_${output}`)));
  return moving(outputs.slice(0, MOST).map((neuron, place) => ({
    route: { kind: 'error', neuron }, u: ease(p), size: sizes[place] ?? 0, tone: 'delta', negative: false,
  })));
}

/** Backward through a neuron: what arrives at its output shrinks by the slope on its way to its sum. */
function shrinking(neuron: string, p: number, read: Read): Flow[] {
  const [arriving = 0, leaving = 0] = sizesOf([read(`dE/dout_${neuron}`), read(`delta_${neuron}`)]);
  return moving([{ route: { kind: 'cells', neuron }, u: 1 - ease(p), size: mix(arriving, leaving, ease(p)), tone: 'delta', negative: read(`delta_${neuron}`) < 0 }]);
}

/**
 * Backward along edges: each delta is scaled by its edge's weight on the way, and they meet at the neuron's output.
 * `through` names the one neuron whose path is looked at; null means all of them.
 */
function spreadingBack(neuron: string, through: string | null, p: number, structure: Structure, read: Read): Flow[] {
  const at = neuronPlace(structure, neuron);
  if (!at) return [];
  if (at.layer === lastLayer(structure)) {
    return moving([{ route: { kind: 'error', neuron }, u: 1 - ease(p), size: 0.6, tone: 'delta', negative: read(`dE/dout_${neuron}`) < 0 }]);
  }
  const edges = edgesOutOf(structure, at.layer, at.place).filter((edge) => through === null || edge.target === through).slice(0, MOST);
  const deltas = edges.map((edge) => read(`delta_${edge.target}`));
  const sizes = sizesOf([...deltas, ...edges.map((edge, place) => (deltas[place] ?? 0) * read(edge.name))]);
  return moving(edges.map((edge, place) => ({
    route: { kind: 'edge', name: edge.name }, u: 1 - ease(p), tone: 'delta',
    size: mix(sizes[place] ?? 0, sizes[place + edges.length] ?? 0, ease(p)),
    negative: (deltas[place] ?? 0) * (p > 0.5 ? read(edge.name) : 1) < 0,
  })));
}

/** dnet/dw is what the weight multiplies: the source's output comes up to it. */
function carrying(weight: string, p: number, structure: Structure, read: Read): Flow[] {
  const edge = edgeNamed(structure, weight);
  if (!edge) return [];
  return moving([{ route: { kind: 'edge', name: weight }, u: mix(0, 0.5, ease(p)), size: 0.6, tone: 'value', negative: read(outName(edge.source)) < 0 }]);
}

/** A gradient: delta comes from the neuron, the source's output from the other end, and they meet on the edge. */
function arriving(name: string, p: number, structure: Structure, read: Read): Flow[] {
  const edge: EdgeRef | undefined = edgeNamed(structure, name.slice(4));
  if (!edge) return [];
  const route: Route = { kind: 'edge', name: edge.name };
  const delta = read(`delta_${edge.target}`);
  return moving([
    { route, u: mix(1, 0.5, ease(p)), size: 0.8, tone: 'delta', negative: delta < 0 },
    { route, u: mix(0, 0.5, ease(p)), size: 0.6, tone: 'value', negative: read(outName(edge.source)) < 0 },
  ]);
}
