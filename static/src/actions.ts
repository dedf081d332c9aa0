/**
 * The one registry of what a person can do. Buttons name an id in `data-action`, keys are listed here, and the help
 * page is drawn from the same list; an argument stands behind a colon, as in `phase:backward` or `select:dE/dw5`.
 */
import { showAlarm } from './actions/alarms.ts';
import { beginEdit, editable, keepEdit, rereadAll, resetToStart, typeEdit, undo } from './actions/editing.ts';
import { dismiss, notify } from './actions/notices.ts';
import { nudge } from './actions/nudging.ts';
import { boot, create, openExample, type Creation } from './actions/opening.ts';
import { preview } from './actions/previewing.ts';
import { follow, pointed, present } from './actions/presenting.ts';
import { setGrain, setNumber, switchLanguage, switchTheme } from './actions/preferences.ts';
import { probe } from './actions/trouble.ts';
import { askWhy, selectName, showExample, showTab, unselect } from './actions/selecting.ts';
import { forbidden, link } from './actions/sharing.ts';
import { stepForward, wholeStep } from './actions/stepping.ts';
import { cancel, train } from './actions/training.ts';
import { goBack, goTo, goToRest, scrub } from './actions/travel.ts';
import { moved } from './actions/watching.ts';
import { words } from './i18n/index.ts';
import { PHASES, WHOLE } from './model/cursor.ts';
import type { Moved, NewData, Pointer } from './types/domain.ts';
import type { State, Store } from './types/state.ts';

export interface Action {
  readonly id: string;
  /** Key of its name in the language files; actions without one are no entry of the help page. */
  readonly label?: string;
  /** As in `Shift+ArrowRight`; `Mod` is Ctrl or, on a Mac, the command key. */
  readonly keys?: readonly string[];
  readonly enabled?: (state: State, argument?: unknown) => boolean;
  readonly run: (store: Store, argument: unknown) => unknown;
}

const ready = (state: State): boolean => state.network !== null && !state.training;
/** Without data there is nothing to walk through and nothing to explain. */
const learns = (state: State): boolean => ready(state) && Boolean(state.network?.spec.data);
const text = (argument: unknown): string => (typeof argument === 'string' ? argument : '');

function goToPhase(store: Store, wanted: unknown): unknown {
  const phase = PHASES.find((each) => each === wanted);
  if (!phase) return undefined;
  return goTo(store, (state) => {
    const index = state.grain === 'calculation' && state.calculations.counts[phase] ? 0 : WHOLE;
    return { cursor: { step: state.cursor.step, phase, index }, fresh: false };
  });
}

function escape(store: Store): unknown {
  const state = store.get();
  if (state.editing) return store.set({ editing: null });
  if (state.dialog) return store.set({ dialog: null });
  if (state.tableOpen) return store.set({ tableOpen: false });
  if (state.nudge) return store.set({ nudge: null });
  return unselect(store);
}

function play(store: Store): void {
  const { playing, fresh, cursor } = store.get();
  store.set({ playing: !playing, selection: null, dialog: null });
  if (!playing && fresh && cursor.step === 0) void stepForward(store, store.get().grain);
}

export const ACTIONS: readonly Action[] = [
  { id: 'step-forward', label: 'step-forward', keys: ['ArrowRight'], enabled: learns, run: (store) => stepForward(store, store.get().grain) },
  { id: 'step-back', label: 'step-back', keys: ['ArrowLeft'], enabled: ready, run: (store) => goBack(store, store.get().grain) },
  { id: 'phase-forward', label: 'phase-forward', keys: ['Shift+ArrowRight'], enabled: learns, run: (store) => stepForward(store, 'phase') },
  { id: 'phase-back', label: 'phase-back', keys: ['Shift+ArrowLeft'], enabled: ready, run: (store) => goBack(store, 'phase') },
  { id: 'step', label: 'step', keys: ['Mod+ArrowRight'], enabled: learns, run: wholeStep },
  { id: 'step-before', label: 'step-before', keys: ['Mod+ArrowLeft'], enabled: ready, run: (store) => goBack(store, 'step') },
  { id: 'play', label: 'play', keys: [' '], enabled: learns, run: play },
  { id: 'home', label: 'home', keys: ['Home'], enabled: ready, run: (store) => goToRest(store, 0) },
  { id: 'end', label: 'end', keys: ['End'], enabled: ready, run: (store) => goToRest(store, store.get().network?.step ?? 0) },
  { id: 'phase', enabled: learns, run: goToPhase },
  { id: 'scrub', enabled: learns, run: (store, argument) => scrub(store, Number(argument)) },
  { id: 'grain', run: setGrain },
  { id: 'speed', run: (store, argument) => setNumber(store, 'speed', argument) },
  { id: 'apply', enabled: learns, run: wholeStep },
  { id: 'train', label: 'train', enabled: learns, run: (store, argument) => train(store, argument ?? 10_000) },
  { id: 'cancel-training', run: cancel },
  { id: 'select', enabled: learns, run: (store, argument) => selectName(store, text(argument)) },
  { id: 'tab', enabled: learns, run: (store, argument) => showTab(store, text(argument)) },
  { id: 'show-alarm', enabled: learns, run: (store, argument) => showAlarm(store, Number(argument)) },
  { id: 'ask-why', enabled: learns, run: (store, argument) => askWhy(store, text(argument)) },
  { id: 'example', enabled: learns, run: (store, argument) => showExample(store, Number(argument)) },
  { id: 'nudge-plus', enabled: learns, run: (store) => nudge(store, 1) },
  { id: 'nudge-minus', enabled: learns, run: (store) => nudge(store, -1) },
  { id: 'nudge-size', run: (store, argument) => setNumber(store, 'nudgeSize', argument) },
  { id: 'nudge-restore', run: (store) => store.set({ nudge: null }) },
  { id: 'edit', label: 'edit', keys: ['F2', 'Enter'], enabled: (state, argument) => ready(state) && editable(state, argument) !== null, run: beginEdit },
  { id: 'edit-type', run: (store, argument) => typeEdit(store, text(argument)) },
  { id: 'edit-keep', enabled: ready, run: keepEdit },
  { id: 'undo', label: 'undo', keys: ['Mod+z'], enabled: ready, run: undo },
  { id: 'reset', label: 'reset', enabled: ready, run: resetToStart },
  { id: 'new-network', label: 'new-network', run: (store) => store.set({ dialog: 'new-network', problem: null, playing: false }) },
  { id: 'create-network', run: (store, argument) => create(store, argument as Creation) },
  { id: 'preview-data', run: (store, argument) => preview(store, argument as NewData) },
  { id: 'open-example', run: openExample },
  { id: 'present', label: 'present', enabled: learns, run: present },
  { id: 'follow', label: 'follow', enabled: (state) => learns(state) && state.pointer !== null, run: follow },
  { id: 'moved', run: (store, argument) => moved(store, argument as Moved) },
  { id: 'pointed', run: (store, argument) => pointed(store, argument as Pointer) },
  { id: 'deleted', run: (store) => store.set({ gone: true, playing: false }) },
  { id: 'share', label: 'share', enabled: (state) => state.network !== null, run: (store) => store.set({ dialog: store.get().dialog === 'share' ? null : 'share' }) },
  { id: 'link', run: link },
  { id: 'retry', run: retry },
  { id: 'reread', run: rereadAll },
  { id: 'charts', run: (store) => store.set({ chartsOpen: !store.get().chartsOpen }) },
  { id: 'table', label: 'table', enabled: ready, run: (store) => store.set({ tableOpen: !store.get().tableOpen }) },
  { id: 'language', label: 'language', run: switchLanguage },
  { id: 'theme', label: 'theme', run: switchTheme },
  { id: 'help', label: 'help', keys: ['?'], run: (store) => store.set({ dialog: store.get().dialog === 'help' ? null : 'help' }) },
  { id: 'escape', label: 'escape', keys: ['Escape'], run: escape },
  { id: 'dismiss', run: (store, argument) => dismiss(store, Number(argument)) },
  { id: 'dismiss-problem', run: (store) => store.set({ problem: null }) },
];

/** Nothing was lost: without a network the start is tried again, with one the last view is still there to go on from. */
function retry(store: Store): unknown {
  return store.get().network ? probe(store) : boot(store);
}

const REGISTRY: ReadonlyMap<string, Action> = new Map(ACTIONS.map((action) => [action.id, action]));

export const isAction = (name: string): boolean => REGISTRY.has(name.split(':', 1)[0] ?? '');

/** Runs an action if it may run now. `select:w5` is the action `select` with the argument `w5`. */
export function runAction(store: Store, name: string, argument?: unknown): void {
  const colon = name.indexOf(':');
  const action = REGISTRY.get(colon < 0 ? name : name.slice(0, colon));
  const given = argument ?? (colon < 0 ? undefined : name.slice(colon + 1));
  if (!action || (action.enabled && !action.enabled(store.get(), given))) return;
  if (forbidden(store.get(), name)) return notify(store, words(store.get().lang).looking.why);
  void action.run(store, given);
}
