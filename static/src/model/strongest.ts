/** Which edges of a large network are drawn: the strongest, with a quota per layer, so that no layer goes missing. */
import type { Moment } from '../types/state.ts';
import { edgeAt, edgesOfLayer, lastLayer, type EdgeRef, type Structure } from './structure.ts';

export const MOST_EDGES = 400;

/** All edges of a small network. Of a large one those between the neurons that are drawn, by the size of their weights. */
export function edgesToDraw(structure: Structure, drawn: readonly (readonly number[])[], moment: Moment | null, most = MOST_EDGES): EdgeRef[] {
  const layers = Array.from({ length: lastLayer(structure) }, (_, index) => index + 1);
  if (structure.weightCount <= most) return layers.flatMap((layer) => edgesOfLayer(structure, layer));
  const shares = quotas(drawn.map((places) => places.length), most);
  return layers.flatMap((layer, index) => strongest(candidates(structure, layer, drawn), shares[index] ?? 0, moment));
}

const candidates = (structure: Structure, layer: number, drawn: readonly (readonly number[])[]): EdgeRef[] =>
  (drawn[layer] ?? []).flatMap((to) => (drawn[layer - 1] ?? []).map((from) => edgeAt(structure, layer, to, from)));

/** Every layer gets the same share; what a small layer does not need goes to the others. */
function quotas(sizes: readonly number[], most: number): number[] {
  const counts = sizes.slice(1).map((size, index) => size * (sizes[index] ?? 0));
  const order = counts.map((count, index) => ({ count, index })).sort((one, other) => one.count - other.count);
  const shares = counts.map(() => 0);
  let left = most;
  for (const [place, { count, index }] of order.entries()) {
    const share = Math.min(count, Math.floor(left / (order.length - place)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

function strongest(edges: readonly EdgeRef[], quota: number, moment: Moment | null): EdgeRef[] {
  if (edges.length <= quota) return [...edges];
  const size = (edge: EdgeRef): number => Math.abs(moment?.value(edge.name) ?? 0);
  const kept = new Set([...edges].sort((one, other) => size(other) - size(one)).slice(0, quota));
  return edges.filter((edge) => kept.has(edge));
}

/** Neurons of a layer that every drawing of a large network shows or nearly shows. */
const FIRST = 30;

/** The values that a drawing asks for first: so that it need not be drawn twice. */
export function firstSeen(structure: Structure): string[] {
  const seen = structure.neurons.map((names) => [...names.slice(0, FIRST), ...names.slice(FIRST).slice(-1)]);
  const computed = seen.slice(1).flat().flatMap((name) => [`net_${name}`, `out_${name}`, `delta_${name}`]);
  const answers = (seen.at(-1) ?? []).flatMap((name) => [`t_${name}`, `E_${name}`]);
  return [...(seen[0] ?? []), ...computed, ...answers, 'E_total', 'E_batch'];
}
