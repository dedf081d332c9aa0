/** Which losses and output activations go together, as the catalogue says. Choosing one brings the other along, and says so. */
import type { Catalog } from '../../types/domain.ts';
import type { Draft } from './draft.ts';

/** What was brought along, and the loss that asked for it or had to go. */
export interface Switched { readonly what: 'output' | 'loss'; readonly because: string }

export const outputOf = (draft: Draft): string => draft.layers.at(-1)?.activation ?? '';

/** The activation that a loss needs in the output layer; null when any will do. */
export const neededBy = (loss: string, catalog: Catalog | null): string | null =>
  catalog?.losses.find(({ name }) => name === loss)?.needs ?? null;

/** Those that a layer may have: one that needs its whole layer is for the last. */
export const activationsFor = (catalog: Catalog, last: boolean): Catalog['activations'] => catalog.activations.filter(({ joint }) => last || !joint);

export function withLoss(draft: Draft, loss: string, catalog: Catalog | null): Draft {
  const needed = neededBy(loss, catalog);
  if (!needed || needed === outputOf(draft)) return { ...draft, loss, switched: null };
  return { ...withActivation(draft, needed), loss, switched: { what: 'output', because: loss } };
}

export function withOutput(draft: Draft, activation: string, catalog: Catalog | null): Draft {
  const chosen = { ...withActivation(draft, activation), switched: null };
  if ([null, activation].includes(neededBy(draft.loss, catalog))) return chosen;
  const free = catalog?.losses.find(({ needs }) => needs === null);
  return free ? { ...chosen, loss: free.name, switched: { what: 'loss', because: draft.loss } } : chosen;
}

const withActivation = (draft: Draft, activation: string): Draft =>
  ({ ...draft, layers: draft.layers.map((layer, place) => (place === draft.layers.length - 1 ? { ...layer, activation } : layer)) });
