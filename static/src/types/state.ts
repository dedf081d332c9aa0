/** What the page knows at one moment, and the one door to change it. Views draw from `State` and never keep a copy. */
import type { Alarm, Calculation, Card, Catalog, Derivation, Fault, GradientCheck, Lang, NetworkDoc, PhaseName, Pointer, Preview, TrainingDoc } from './domain.ts';

export type Grain = 'phase' | 'calculation' | 'step';
export type Theme = 'auto' | 'light' | 'dark';

/**
 * Where the stepper stands. `index` counts the phase's calculations: -1 says that the phase as a whole is looked at
 * (its summary), 0 is its first calculation.
 */
export interface Cursor { readonly step: number; readonly phase: PhaseName; readonly index: number }

/** The values at one step, by the names of the conventions. */
export interface Moment {
  readonly step: number;
  value(name: string): number | undefined;
  /** The same if it is here; where it is not, nobody is told to fetch it. */
  peek(name: string): number | undefined;
  /** All of them, or only the first of very many: then the moment is not `complete`. */
  names(): readonly string[];
  readonly complete: boolean;
  /** How many values are here. */
  readonly known: number;
}

/**
 * The order in which a step's calculations are read. A large network has hundreds of thousands of them, so a reading
 * knows how many each phase has and holds the pages that somebody has come near to.
 */
export interface Reading {
  readonly counts: Readonly<Record<PhaseName, number>>;
  readonly total: number;
  at(phase: PhaseName, index: number): Calculation | undefined;
  /** Those of a phase that are here. */
  known(phase: PhaseName): readonly Calculation[];
  /** Name to place, of those of a phase that are here. */
  places(phase: PhaseName): ReadonlyMap<string, number>;
  /** The same with a page more: calculations of one phase, the first of them at place `first`. */
  with(phase: PhaseName, first: number, page: readonly Calculation[]): Reading;
}

/** Where moments come from; `last` is the last recorded step. */
export interface Recorded {
  moment(step: number, last: number): Promise<Moment>;
  prefetch(step: number, last: number): void;
  forgetFrom(step: number): void;
}

/** Values right after a small change of one parameter; nothing of it is kept anywhere. */
export interface Nudge { readonly name: string; readonly amount: number; readonly values: Moment | null }

/** Every array has one entry per recorded step; `loss` has one more when the last step's error is known. */
export interface History {
  readonly steps: Float64Array;
  readonly loss: Float64Array;
  readonly weights: ReadonlyMap<string, Float64Array>;
}

/** A running training. */
export type Training = TrainingDoc;

/** `code` is the kind of refusal, as the service names it. */
export interface Problem { readonly code: string; readonly message: string; readonly faults: readonly Fault[] }

/** What the result card compares: the moments before and after one step or one training. */
export interface Result { readonly from: number; readonly to: number; readonly before: Moment; readonly after: Moment }

/** A line that comes and goes; `undoable` offers the Undo button beside it. */
export interface Notice { readonly id: number; readonly text: string; readonly undoable: boolean }

export type Dialog = 'new-network' | 'help' | 'share' | null;
export type Tab = 'now' | 'chain' | 'check';

/** A parameter being typed over; `text` is what stands in the box, so that nothing is lost. */
export interface Editing { readonly name: string; readonly text: string; readonly fault: string | null }

export type Role = 'edit' | 'view';

/** The links to a network that this tab holds, and which of them it acts by. */
export interface Held { readonly as: Role; readonly edit: string | null; readonly view: string | null }

export interface State {
  readonly network: NetworkDoc | null;
  readonly catalog: Catalog | null;
  readonly calculations: Reading;
  readonly cursor: Cursor;
  /** Progress of the current calculation's motion, 0..1; 1 is done. */
  readonly t: number;
  readonly moment: Moment | null;
  readonly card: Card | null;
  /** What the network is for, with the numbers of this moment. */
  readonly headline: Card | null;
  readonly selection: string | null;
  readonly highlight: string | null;
  readonly nudge: Nudge | null;
  readonly history: History | null;
  /** The run that an edit of the past left behind, until the next network. */
  readonly past: History | null;
  readonly training: Training | null;
  readonly playing: boolean;
  readonly speed: number;
  readonly grain: Grain;
  readonly lang: Lang;
  readonly theme: Theme;
  readonly problem: Problem | null;
  readonly offline: boolean;
  /** The cursor rests after a forward pass that nobody has walked through yet: the next stop is its first calculation. */
  readonly fresh: boolean;
  /** Row of the batch that is looked at. */
  readonly example: number;
  readonly tab: Tab;
  readonly derivation: Derivation | null;
  /** Null while it is measured. */
  readonly check: GradientCheck | 'failed' | null;
  /** What is going wrong at this step; nearly always nothing. */
  readonly alarms: readonly Alarm[];
  /** Set while the result card stands where the explanation usually is. */
  readonly result: Result | null;
  readonly nudgeSize: number;
  readonly editing: Editing | null;
  readonly dialog: Dialog;
  readonly creating: boolean;
  /** What the text of a new network's data holds. */
  readonly preview: Preview | null;
  readonly notices: readonly Notice[];
  readonly tableOpen: boolean;
  readonly chartsOpen: boolean;
  /** Something was asked for 150 ms ago and has not come. */
  readonly waiting: boolean;
  /** The network was deleted elsewhere. */
  readonly gone: boolean;
  /** Null where nobody is asked for a link. */
  readonly held: Held | null;
  /** Where somebody else, who presents this network, stands; null while nobody does. */
  readonly pointer: Pointer | null;
  /** This page goes where the presenter points. */
  readonly following: boolean;
  /** This page is the presenter's: others may follow it. */
  readonly presenting: boolean;
}

export interface Store {
  get(): State;
  set(patch: Partial<State>): void;
  subscribe(listener: (now: State, was: State) => void): () => void;
  run(action: string, argument?: unknown): void;
}
