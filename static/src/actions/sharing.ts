/** Links to the open network: who has one for looking may walk through every step, who has one for editing may change it. */
import { makeLink } from '../api.ts';
import { stopAfter, here } from './travel.ts';
import { addressOf } from './place.ts';
import { enqueue } from './session.ts';
import { heldFor } from '../tokens.ts';
import type { Role, State, Store } from '../types/state.ts';

export const viewing = (state: State): boolean => state.held?.as === 'view';

/** The whole address of this moment, as somebody else may open it; null while there is no such link. */
export function linkFor(state: State, role: Role): string | null {
  if (!state.held) return location.origin + addressOf(state);
  return state.held[role] && location.origin + addressOf({ ...state, held: { ...state.held, as: role } });
}

/** Tokens are shown only once, so a tab that came by a link makes the other kind of link anew. */
export function link(store: Store, role: unknown): Promise<void> {
  return enqueue(store, async () => {
    const id = store.get().network?.id;
    if (!id || (role !== 'edit' && role !== 'view')) return;
    await makeLink(id, role);
    store.set({ held: heldFor(id) });
  });
}

/** What whoever may only look cannot do. Steps that are recorded may be walked through; a new one would change the network. */
export const FORBIDDEN: { readonly [action: string]: (state: State) => boolean } = {
  ...Object.fromEntries(['train', 'cancel-training', 'edit', 'edit-keep', 'undo', 'reset', 'present', 'link'].map((id) => [id, () => true])),
  'step-forward': (state) => goesOn(state, stopAfter(here(state), state, state.grain).cursor.step),
  'phase-forward': (state) => goesOn(state, stopAfter(here(state), state, 'phase').cursor.step),
  step: (state) => goesOn(state, state.cursor.step + 1),
  apply: (state) => goesOn(state, state.cursor.step + 1),
};

const goesOn = (state: State, step: number): boolean => step > (state.network?.step ?? 0);

/** Whether an action, with or without its argument, is out of reach for want of a link that edits. */
export const forbidden = (state: State, action: string): boolean =>
  viewing(state) && Boolean(FORBIDDEN[action.split(':', 1)[0] ?? '']?.(state));
