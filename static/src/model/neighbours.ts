/** Where an arrow key leads in the drawing: along the network's own connections, not along the screen's pixels. */
import type { BiasBox, EdgeLine, NetLayout } from './layout.ts';
import { lastLayer, type Structure } from './structure.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const errorOf = (neuron: string): string => `E_${neuron}`;

/** The key of the neighbour, or null where the drawing ends. Keys are names: h1, w5, b1, E_o1, E_total. */
export function neighbour(layout: NetLayout, structure: Structure, key: string, direction: Direction): string | null {
  const neuron = layout.neurons.find((one) => one.name === key);
  if (neuron) return fromNeuron(layout, structure, neuron.name, neuron.layer, direction);
  const edge = layout.edges.find((one) => one.name === key);
  if (edge) return fromParameter(layout, edge.layer, key, direction, edge.source, edge.target);
  const bias = layout.biases.find((one) => one.name === key);
  if (bias) return fromParameter(layout, bias.layer, key, direction, bias.targets[0] ?? null, bias.targets.at(-1) ?? null);
  if (key === 'E_total') return direction === 'left' ? firstError(layout) : null;
  return fromError(layout, key, direction);
}

function fromNeuron(layout: NetLayout, structure: Structure, name: string, layer: number, direction: Direction): string | null {
  if (direction === 'up' || direction === 'down') {
    return beside(layout.neurons.filter((one) => one.layer === layer).map((one) => one.name), name, direction);
  }
  if (direction === 'left') return flattest(layout.edges.filter((edge) => edge.target === name));
  if (layer === lastLayer(structure)) return layout.outputs.find((output) => output.neuron === name && output.box) ? errorOf(name) : null;
  return flattest(layout.edges.filter((edge) => edge.source === name));
}

/** Up and down walk over all labels between two columns, the satellites of the right-hand column among them. */
function fromParameter(layout: NetLayout, layer: number, key: string, direction: Direction, source: string | null, target: string | null): string | null {
  if (direction === 'left') return source;
  if (direction === 'right') return target;
  const labels: (EdgeLine | BiasBox)[] = [...layout.edges.filter((edge) => edge.layer === layer), ...layout.biases.filter((bias) => bias.layer === layer)];
  labels.sort((one, other) => one.pill.y - other.pill.y || one.pill.x - other.pill.x);
  return beside(labels.map((label) => label.name), key, direction);
}

function fromError(layout: NetLayout, key: string, direction: Direction): string | null {
  if (direction === 'right') return layout.total ? 'E_total' : null;
  if (direction === 'left') return key.slice(2);
  return beside(layout.outputs.filter((output) => output.box).map((output) => errorOf(output.neuron)), key, direction);
}

const firstError = (layout: NetLayout): string | null => {
  const output = layout.outputs.find((one) => one.box);
  return output ? errorOf(output.neuron) : null;
};

function beside(keys: readonly string[], key: string, direction: 'up' | 'down'): string | null {
  return keys[keys.indexOf(key) + (direction === 'up' ? -1 : 1)] ?? null;
}

function flattest(edges: readonly EdgeLine[]): string | null {
  const sorted = [...edges].sort((one, other) => Math.abs(one.y2 - one.y1) - Math.abs(other.y2 - other.y1));
  return sorted[0]?.name ?? null;
}
