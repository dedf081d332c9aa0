/** What the service sends: one type per answer, as `api.ts` returns it. Not-finite numbers are already floats again. */

export type Lang = 'en' | 'ko';
export type PhaseName = 'forward' | 'error' | 'backward' | 'update';
export type Role = 'source' | 'slope' | 'gap' | 'weight' | 'now' | 'plain';
export type Matrix = readonly (readonly number[])[];

export interface LayerSpec { readonly size: number; readonly activation?: string }
export interface BiasSpec { readonly mode: 'per_neuron' | 'shared' | 'none'; readonly trainable: boolean }
export interface OptimizerSpec {
  readonly name: string;
  readonly learning_rate: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly weight_decay?: number;
}
export interface Parameters { readonly weights: readonly Matrix[]; readonly biases?: Matrix | null }
export interface DataSpec { readonly inputs: Matrix; readonly targets: Matrix }

export interface Spec {
  readonly name?: string | null;
  readonly layers: readonly LayerSpec[];
  readonly loss: string;
  readonly reduction: string;
  readonly bias: BiasSpec;
  readonly optimizer: OptimizerSpec;
  readonly update_order: string;
  readonly initializer?: { readonly name: string };
  readonly seed?: number;
  readonly batch: { readonly size: number | null; readonly shuffle: boolean };
  readonly parameters?: Parameters;
  readonly data?: DataSpec | null;
}

/** What a creation may leave out: only `layers` (or a preset) is required. */
export type NewNetwork = Partial<Spec> & { readonly preset?: string };

export interface NetworkDoc {
  readonly id: string;
  readonly revision: number;
  readonly step: number;
  readonly seq: number;
  readonly arithmetic: string;
  readonly spec: Spec;
  readonly parameters: Parameters;
  readonly loss: number | null;
  readonly first_not_finite: NotFinite | null;
  /** The training that owns the network now. */
  readonly training: string | null;
}

/** The first quantity, in order of computation, that is no longer a finite number, and the step at which it was. */
export interface NotFinite { readonly step: number; readonly name: string; readonly value: number }

export interface CatalogEntry { readonly name: string; readonly title?: string; readonly sentence?: { readonly [lang: string]: string } | string }
export interface Catalog {
  readonly activations: readonly CatalogEntry[];
  readonly losses: readonly CatalogEntry[];
  readonly presets: readonly CatalogEntry[];
  readonly limits: { readonly [name: string]: number };
}

/** One stop of the stepper's finest grain. */
export interface Calculation { readonly name: string; readonly phase: PhaseName; readonly group: string }

export interface Segment { readonly text: string; readonly name?: string; readonly value?: number; readonly role?: Role }
export interface Term { readonly name: string; readonly value: number; readonly shown: string; readonly role: Role; readonly label: string }
export interface StripLink {
  readonly from: string;
  readonly to: string;
  readonly factor: { readonly name: string; readonly value: number; readonly shown: string };
  readonly label: string;
  readonly role: Role;
}
export interface FormulaLine { readonly label: string; readonly latex: string; readonly plain: string }

/** The explanation of one quantity at one step. */
export interface Card {
  readonly name: string;
  readonly phase: PhaseName;
  readonly value: number;
  readonly shown: string;
  readonly title: string;
  readonly title_latex: string;
  readonly sentence: readonly Segment[];
  readonly note: readonly Segment[];
  readonly why: { readonly question: string; readonly answer: string } | null;
  readonly trap: string | null;
  readonly strip: readonly StripLink[];
  readonly lines: readonly FormulaLine[];
  readonly relation: '=' | '≈';
  readonly terms: readonly Term[];
  readonly uses: readonly string[];
}

export interface Update {
  readonly name: string;
  readonly address: string;
  readonly before: number;
  readonly gradient: number;
  readonly after: number;
}
export interface StepsAnswer {
  readonly revision: number;
  readonly step: number;
  readonly seq: number;
  readonly count: number;
  readonly loss_before: number;
  readonly loss_after: number;
  readonly updates: readonly Update[];
  readonly first_not_finite: NotFinite | null;
}
export interface ForwardAnswer {
  readonly step: number;
  readonly layers: readonly { readonly layer: number; readonly net: Matrix; readonly out: Matrix }[];
  readonly outputs: Matrix;
  readonly error: { readonly per_output: Matrix; readonly per_example: readonly number[]; readonly total: number } | null;
}

export interface Factor { readonly name: string; readonly value: number; readonly latex: string; readonly fused?: boolean }
export interface Path { readonly through: readonly string[]; readonly factors: readonly Factor[]; readonly product: number }
export interface Derivation {
  readonly parameter: string;
  readonly address: string;
  readonly gradient: number;
  readonly factors: readonly Factor[];
  readonly paths: readonly Path[];
  readonly paths_truncated?: boolean;
  readonly reduction_factor: number;
  readonly contribution: number;
  readonly latex: string;
}

export interface TrainingDoc {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly total: number;
  readonly done: number;
  readonly rate: number | null;
  readonly seconds_left: number | null;
  readonly loss: number | null;
  readonly problem: { readonly title?: string; readonly detail?: string } | string | null;
}

export interface Fault { readonly pointer: string; readonly code: string; readonly detail: string }
