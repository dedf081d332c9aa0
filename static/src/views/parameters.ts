/** Where a parameter sits, found from its name alone. */
import { edgeNamed, lastLayer, neuronPlace, structureOf } from '../model/structure.ts';
import type { Spec } from '../types/domain.ts';

/** `layer` counts from 1 (the first that computes). A bias has no source, a shared one no neuron of its own. */
export interface Ends { readonly layer: number; readonly neuron: string | null; readonly source: string | null }

export function endsOf(spec: Spec, name: string): Ends | null {
  const structure = structureOf(spec);
  const edge = edgeNamed(structure, name);
  if (edge) return { layer: edge.layer, neuron: edge.target, source: edge.source };
  if (/^b\d+$/.test(name)) return { layer: Number(name.slice(1)), neuron: null, source: null };
  const place = name.startsWith('b_') ? neuronPlace(structure, name.slice(2)) : undefined;
  return place ? { layer: place.layer, neuron: name.slice(2), source: null } : null;
}

export const outputLayer = (spec: Spec): number => lastLayer(structureOf(spec));
