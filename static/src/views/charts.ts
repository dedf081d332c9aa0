/** The charts: the error and every weight over the recorded steps. */
import type { Store } from '../types/state.ts';

export function mountCharts(host: HTMLElement, store: Store): void {
  host.hidden = store.get().history === null;
}
