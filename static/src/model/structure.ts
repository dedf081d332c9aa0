/** Which neurons, weights and biases a specification has, and what they are called. Numbers live elsewhere. */
import type { Spec } from '../types/domain.ts';

export interface EdgeRef {
  readonly name: string;
  /** The layer that the edge leads into; 1 is the first layer after the inputs. */
  readonly layer: number;
  readonly to: number;
  readonly from: number;
  readonly source: string;
  readonly target: string;
}

export interface BiasRef { readonly name: string; readonly layer: number; readonly targets: readonly string[]; readonly shared: boolean }

export interface Structure {
  readonly sizes: readonly number[];
  /** `activations[0]` belongs to the inputs and is `linear`. */
  readonly activations: readonly string[];
  readonly neurons: readonly (readonly string[])[];
  readonly biases: readonly (readonly BiasRef[])[];
  readonly weightCount: number;
  readonly trainableBias: boolean;
  readonly sequential: boolean;
  readonly hasTargets: boolean;
}

export function structureOf(spec: Spec): Structure {
  const sizes = spec.layers.map((layer) => layer.size);
  const neurons = sizes.map((size, layer) => numbered(size, (place) => neuronName(layer, place, sizes.length - 1)));
  return {
    sizes,
    neurons,
    activations: spec.layers.map((layer, place) => (place === 0 ? 'linear' : layer.activation ?? 'sigmoid')),
    biases: neurons.map((names, layer) => (layer === 0 ? [] : biasesOf(spec.bias.mode, names, layer))),
    weightCount: weightOffset(sizes, sizes.length),
    trainableBias: spec.bias.trainable,
    sequential: spec.update_order === 'sequential',
    hasTargets: Boolean(spec.data),
  };
}

export const numbered = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, place) => make(place));

function neuronName(layer: number, place: number, last: number): string {
  if (layer === 0) return `i${place + 1}`;
  if (layer === last) return `o${place + 1}`;
  return last === 2 ? `h${place + 1}` : `h${layer}_${place + 1}`;
}

function biasesOf(mode: Spec['bias']['mode'], names: readonly string[], layer: number): BiasRef[] {
  if (mode === 'none') return [];
  if (mode === 'shared') return [{ name: `b${layer}`, layer, targets: names, shared: true }];
  return names.map((name) => ({ name: `b_${name}`, layer, targets: [name], shared: false }));
}

/** How many weights come before the ones that lead into `layer`. */
function weightOffset(sizes: readonly number[], layer: number): number {
  let count = 0;
  for (let below = 1; below < layer; below += 1) count += (sizes[below] ?? 0) * (sizes[below - 1] ?? 0);
  return count;
}

/** The edge into neuron `to` of `layer` from neuron `from` of the layer before; places are counted from 0. */
export function edgeAt(structure: Structure, layer: number, to: number, from: number): EdgeRef {
  const number = weightOffset(structure.sizes, layer) + to * (structure.sizes[layer - 1] ?? 0) + from + 1;
  return {
    name: `w${number}`, layer, to, from,
    source: structure.neurons[layer - 1]?.[from] ?? '',
    target: structure.neurons[layer]?.[to] ?? '',
  };
}

/** Finds w5 again: undefined when there is no such weight. */
export function edgeNamed(structure: Structure, name: string): EdgeRef | undefined {
  let number = /^w[1-9]\d*$/.test(name) ? Number(name.slice(1)) - 1 : -1;
  if (number < 0) return undefined;
  for (let layer = 1; layer < structure.sizes.length; layer += 1) {
    const width = structure.sizes[layer - 1] ?? 0;
    const count = width * (structure.sizes[layer] ?? 0);
    if (number < count) return edgeAt(structure, layer, Math.floor(number / width), number % width);
    number -= count;
  }
  return undefined;
}

export function edgesInto(structure: Structure, layer: number, to: number): EdgeRef[] {
  return numbered(structure.sizes[layer - 1] ?? 0, (from) => edgeAt(structure, layer, to, from));
}

export function edgesOutOf(structure: Structure, layer: number, from: number): EdgeRef[] {
  return numbered(structure.sizes[layer + 1] ?? 0, (to) => edgeAt(structure, layer + 1, to, from));
}

export function edgesOfLayer(structure: Structure, layer: number): EdgeRef[] {
  return numbered(structure.sizes[layer] ?? 0, (to) => edgesInto(structure, layer, to)).flat();
}

/** Layer and place (both from 0) of a neuron by name. */
export function neuronPlace(structure: Structure, name: string): { readonly layer: number; readonly place: number } | undefined {
  for (const [layer, names] of structure.neurons.entries()) {
    const place = names.indexOf(name);
    if (place >= 0) return { layer, place };
  }
  return undefined;
}

export const lastLayer = (structure: Structure): number => structure.sizes.length - 1;
export const isOutput = (structure: Structure, name: string): boolean => structure.neurons[lastLayer(structure)]?.includes(name) ?? false;

/** How many parameters of a layer a step moves. */
export const moved = ({ sizes, biases, trainableBias }: Structure, layer: number): number =>
  (sizes[layer - 1] ?? 0) * (sizes[layer] ?? 0) + (trainableBias ? biases[layer]?.length ?? 0 : 0);
