/** The one store: a frozen state, patched in one place, told to whoever listens. */
import { NOTHING } from './model/reading.ts';
import type { State, Store } from './types/state.ts';

export const INITIAL: State = {
  network: null, catalog: null, calculations: NOTHING,
  cursor: { step: 0, phase: 'forward', index: -1 }, t: 1,
  moment: null, card: null, headline: null, selection: null, highlight: null, nudge: null, history: null, past: null, training: null,
  playing: false, speed: 1, grain: 'calculation', lang: 'en', theme: 'auto', problem: null, offline: false,
  fresh: true, example: 0, tab: 'now', derivation: null, check: null, alarms: [], result: null, nudgeSize: 0.01, editing: null, dialog: null, creating: false, preview: null,
  notices: [], tableOpen: false, chartsOpen: false, waiting: false, gone: false, held: null, pointer: null, following: false, presenting: false,
};

export type Runner = (store: Store, action: string, argument?: unknown) => void;

/** `runner` is the actions registry; it is handed in so that the store imports nothing above itself. */
export function createStore(initial: Partial<State>, runner: Runner): Store {
  let state: State = { ...INITIAL, ...initial };
  const listeners = new Set<(now: State, was: State) => void>();
  const store: Store = {
    get: () => state,
    set(patch) {
      const was = state;
      state = { ...state, ...patch };
      for (const listener of listeners) listener(state, was);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    run: (action, argument) => runner(store, action, argument),
  };
  return store;
}
