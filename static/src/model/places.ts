/** Which place of the drawing a name belongs to: every factor of the chain rule has exactly one place that lights. */
import { edgeAt, isOutput, neuronPlace, type Structure } from './structure.ts';

export type Place =
  | `${'input' | 'net' | 'f' | 'out' | 'gap' | 'target' | 'error' | 'edge' | 'bias'}:${string}` | 'total' | 'rate';

const isParameter = (name: string): boolean => /^(w\d+|b\d+|b_\w+)$/.test(name);

/** The parameter that a gradient, an updated value or an optimizer's memory is about. */
export function parameterOf(name: string): string | null {
  const bare = name.replace(/\[\d+\]$/, '').replace(/^dE\/d/, '').replace(/\+$/, '').replace(/^(velocity|m|v|s)_(?=[wb])/, '');
  return isParameter(bare) ? bare : null;
}

export function placeOf(name: string, structure: Structure): Place | null {
  const parameter = parameterOf(name);
  if (parameter) return parameter.startsWith('w') ? `edge:${parameter}` : `bias:${parameter}`;
  if (name === 'learning_rate') return 'rate';
  if (/^(E|E_total|E_batch|loss)$/.test(name)) return 'total';
  return placeOfQuotient(name, structure) ?? placeOfValue(name, structure);
}

function placeOfValue(name: string, structure: Structure): Place | null {
  const [, kind = '', neuron = ''] = /^(?:(net|out|delta|t|target|E)_)?(.+)$/.exec(name) ?? [];
  const at = neuronPlace(structure, neuron);
  if (!at) return null;
  if (at.layer === 0) return `input:${neuron}`;
  switch (kind) {
    case 'net': case 'delta': return `net:${neuron}`;
    case 't': case 'target': return `target:${neuron}`;
    case 'E': return `error:${neuron}`;
    default: return `out:${neuron}`;
  }
}

/** d(x)/d(y), read by what stands below: a weight's own factor sits on its edge, a slope on its curve. */
function placeOfQuotient(name: string, structure: Structure): Place | null {
  const [, above = '', below = ''] = /^d(.+)\/d(.+)$/.exec(name) ?? [];
  if (!below) return null;
  if (below.startsWith('net_')) return above.startsWith('out_') ? `f:${below.slice(4)}` : `net:${below.slice(4)}`;
  if (isParameter(below)) return below.startsWith('w') ? `edge:${below}` : `bias:${below}`;
  if (!below.startsWith('out_')) return null;
  const neuron = below.slice(4);
  if (above.startsWith('net_') || above.startsWith('E_')) return placeOfPath(above.replace(/^(net|E)_/, ''), neuron, structure);
  return isOutput(structure, neuron) ? `gap:${neuron}` : `out:${neuron}`;
}

/** dnet_o1/dout_h1 is the weight between the two, so it lights that edge. */
function placeOfPath(above: string, below: string, structure: Structure): Place | null {
  const [to, from] = [neuronPlace(structure, above), neuronPlace(structure, below)];
  if (!to || !from) return isOutput(structure, below) ? `gap:${below}` : `out:${below}`;
  if (to.layer !== from.layer + 1) return `gap:${below}`;
  return `edge:${edgeAt(structure, to.layer, to.place, from.place).name}`;
}

export function placesOf(names: Iterable<string>, structure: Structure): Set<Place> {
  const places = new Set<Place>();
  for (const name of names) {
    const place = placeOf(name, structure);
    if (place) places.add(place);
  }
  return places;
}
