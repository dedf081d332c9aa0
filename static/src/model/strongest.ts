/** Which edges of a large network are drawn: the strongest, with a quota per layer, so that no layer goes missing. */
import type { Moment } from '../types/state.ts';
import { edgeAt, edgesOfLayer, lastLayer, type EdgeRef, type Structure } from './structure.ts';

export const MOST_EDGES = 400;

export function edgesToDraw(structure: Structure, moment: Moment | null, most = MOST_EDGES): EdgeRef[] {
  const layers = Array.from({ length: lastLayer(structure) }, (_, index) => index + 1);
  if (structure.weightCount <= most) return layers.flatMap((layer) => edgesOfLayer(structure, layer));
  return layers.flatMap((layer, index) => strongest(structure, layer, quotas(structure, most)[index] ?? 0, moment));
}

/** Every layer gets the same share; what a small layer does not need goes to the others. */
function quotas(structure: Structure, most: number): number[] {
  const counts = structure.sizes.slice(1).map((size, index) => size * (structure.sizes[index] ?? 0));
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

function strongest(structure: Structure, layer: number, quota: number, moment: Moment | null): EdgeRef[] {
  const width = structure.sizes[layer - 1] ?? 0;
  const count = width * (structure.sizes[layer] ?? 0);
  const first = Number(edgeAt(structure, layer, 0, 0).name.slice(1));
  const sizes = Float64Array.from({ length: count }, (_, index) => Math.abs(moment?.value(`w${first + index}`) ?? 0));
  const places = Uint32Array.from({ length: count }, (_, index) => index).sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
  return [...places.subarray(0, quota)].sort((one, other) => one - other).map((place) => edgeAt(structure, layer, Math.floor(place / width), place % width));
}
