/**
 * The links that this tab holds. A token comes in the fragment of the address, which browsers send to nobody, and
 * stays in the tab's own memory: another tab needs the link again, and closing this one forgets it.
 */
import type { Held, Role } from './types/state.ts';

const KEY = 'slowprop.links.';
const NETWORK = /^\/networks\/([^/?]+)/;
const kept = new Map<string, Held>();

/** `as` is what this tab acts as from now on; tokens of the other kind that it holds already stay. */
export function hold(network: string, as: Role, tokens: Partial<Record<Role, string>>): void {
  const before = heldFor(network);
  const held: Held = { as, edit: tokens.edit ?? before?.edit ?? null, view: tokens.view ?? before?.view ?? null };
  kept.set(network, held);
  try { sessionStorage.setItem(KEY + network, JSON.stringify(held)); } catch { /* a browser may refuse to remember */ }
}

/** Null where nobody is asked for a link. */
export function heldFor(network: string): Held | null {
  const known = kept.get(network) ?? recalled(network);
  if (known) kept.set(network, known);
  return known;
}

function recalled(network: string): Held | null {
  try { return JSON.parse(sessionStorage.getItem(KEY + network) ?? 'null') as Held | null; } catch { return null; }
}

/** What to send with a request for this path. */
export function authorization(path: string): Record<string, string> {
  const held = heldFor(NETWORK.exec(path)?.[1] ?? '');
  const token = held?.[held.as];
  return token ? { Authorization: `Bearer ${token}` } : {};
}
