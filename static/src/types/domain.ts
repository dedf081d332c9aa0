/**
 * What the service sends, as the page reads it: the types that `make types` writes from the API's own description, with
 * the words for not-finite numbers turned back into numbers, as `api.ts` does with the answers themselves.
 */
import type { components } from './api.ts';

type Schemas = components['schemas'];
type NotANumberYet = 'NaN' | 'Infinity' | '-Infinity';
type Read<T> = T extends NotANumberYet ? never : T extends object ? { readonly [K in keyof T]: Read<T[K]> } : T;

export type Lang = 'en' | 'ko';
export type Matrix = readonly (readonly number[])[];
/** Parameters and data that are too many to be sent with the network are a link in their place. */
export type Parameters = Read<Schemas['ParametersOut']>;
export type DataSpec = Read<Schemas['DataOut']>;

/** The page knows one optimizer's options by name; another one's are its own. */
type Optimizer = Schemas['ChoiceOut'] & { readonly learning_rate: number };
export type Spec = Read<Omit<Schemas['SpecOut'], 'optimizer'> & { optimizer: Optimizer }>;
export type BiasSpec = Spec['bias'];
export type LayerSpec = Spec['layers'][number];
export type CreatedDoc = NetworkDoc & { readonly tokens: Read<Schemas['TokensOut']> | null };
export type NetworkDoc = Read<Omit<Schemas['NetworkOut'], 'spec'>> & { readonly spec: Spec };
export type NotFinite = Read<Schemas['NotFiniteOut']>;

/** Three of the forms in which data is sent; what each may leave out is left out. */
interface Treated { readonly standardise?: boolean; readonly test_fraction?: number }
export type NewData =
  | { readonly inputs: Matrix; readonly targets: Matrix }
  | Treated & { readonly csv: string; readonly targets?: readonly (string | number)[] }
  | Treated & { readonly dataset: string };
export type Preview = Read<Schemas['PreviewOut']>;

/** What a creation may leave out: only `layers` (or a preset) is required. */
export type NewNetwork = Partial<Read<Omit<Schemas['NetworkIn'], 'optimizer' | 'data'> & { optimizer: { name: string; learning_rate: number } }>
  & { readonly data: NewData }>;

export type Catalog = Read<Schemas['CatalogOut']>;
export type DatasetEntry = Catalog['datasets'][number];
export type Calculation = Read<Schemas['CalculationOut']>;
export type PhaseName = Calculation['phase'];
export type Card = Read<Schemas['CardOut']>;
export type Segment = Card['sentence'][number];
export type Role = NonNullable<Segment['role']>;
export type StripLink = Card['strip'][number];
export type FormulaLine = Card['lines'][number];
export type Term = Card['terms'][number];

export type Update = Read<Schemas['UpdateOut']>;
export type StepsAnswer = Read<Schemas['StepsOut']>;
export type ForwardAnswer = Read<Schemas['ForwardOut']>;
export type Derivation = Read<Schemas['DerivationOut']>;
export type GradientCheck = Read<Schemas['GradientCheckOut']>;
export type CheckedParameter = GradientCheck['parameters'][number];
export type Alarm = Read<Schemas['AlarmOut']>;
export type Factor = Derivation['factors'][number];
export type Path = Derivation['paths'][number];
export type Thinned = Read<Schemas['HistoryOut']>;
export type TrainingDoc = Read<Schemas['TrainingOut']>;
/** What a stream of events says: the network has moved, or its presenter has. */
export type Moved = Read<Schemas['NetworkEvent']>;
export type Pointer = Read<Schemas['PointerOut']>;
export type Fault = Read<Schemas['FaultOut']>;
