/** Toasts: short lines that leave by themselves, the undoable ones later than the others. */
import type { Store } from '../types/state.ts';

const PLAIN_MS = 5000;
const UNDOABLE_MS = 15000;
let last = 0;

export function notify(store: Store, text: string, undoable = false): void {
  const notice = { id: ++last, text, undoable };
  store.set({ notices: [...store.get().notices.slice(-2), notice] });
  window.setTimeout(() => dismiss(store, notice.id), undoable ? UNDOABLE_MS : PLAIN_MS);
}

export function dismiss(store: Store, id: number): void {
  store.set({ notices: store.get().notices.filter((notice) => notice.id !== id) });
}
