/** What the form holds, as text, and what it becomes: a request, or the faults of the fields that stand in the way. */
import { parseNumber, tooLarge } from '../../model/numbers.ts';
import type { BiasSpec, DatasetEntry, Fault, NewData, NewNetwork, Spec } from '../../types/domain.ts';
import type { Switched } from './pairing.ts';

export interface LayerDraft { readonly size: string; readonly activation: string }
export interface Row { readonly inputs: readonly string[]; readonly targets: readonly string[] }
export interface Draft {
  readonly layers: readonly LayerDraft[];
  readonly loss: string;
  /** What the last choice of a loss or of the output activation brought along. */
  readonly switched: Switched | null;
  readonly optimizer: string;
  readonly rate: string;
  readonly bias: BiasSpec['mode'];
  readonly trainBias: boolean;
  readonly order: Spec['update_order'];
  readonly seed: string;
  readonly tidy: boolean;
  /** `typed`, `csv`, or the name of a data set. */
  readonly source: string;
  readonly rows: readonly Row[];
  readonly csv: string;
  /** Columns of the text by name or place, with commas between; empty means the last. */
  readonly targets: string;
  /** Of the data set, as far as they were changed. */
  readonly options: Readonly<Record<string, string>>;
  readonly standardise: boolean;
  readonly testFraction: string;
}

const layer = (size: number, activation = 'sigmoid'): LayerDraft => ({ size: String(size), activation });
const row = (inputs: readonly number[], targets: readonly number[]): Row => ({ inputs: inputs.map(String), targets: targets.map(String) });

const BASE = { loss: 'half_squared_error', switched: null, optimizer: 'sgd', rate: '0.5', bias: 'per_neuron', trainBias: true, order: 'simultaneous', seed: '1', tidy: true, source: 'typed', csv: '', targets: '', options: {}, standardise: false, testFraction: '' } as const;

export const DRAFTS: { readonly [name: string]: Draft } = {
  regression: { ...BASE, layers: [layer(3), layer(4, 'tanh'), layer(2, 'tanh')], rate: '0.1', rows: [row([0.1, 0.5, -0.2], [0.3, -0.4]), row([0.9, -0.3, 0.4], [-0.6, 0.2])] },
  xor: { ...BASE, layers: [layer(2), layer(3, 'tanh'), layer(1)], rows: [row([0, 0], [0]), row([0, 1], [1]), row([1, 0], [1]), row([1, 1], [0])] },
};

/** How wide the data table is: the sizes of the first and of the last layer; while one is no size, it stays as it was. */
export const widths = (draft: Draft): readonly [number, number] => [
  widthOf(draft.layers[0]) || (draft.rows[0]?.inputs.length ?? 0), widthOf(draft.layers.at(-1)) || (draft.rows[0]?.targets.length ?? 0),
];
const MOST_COLUMNS = 64;
const widthOf = (end: LayerDraft | undefined): number => Math.min(MOST_COLUMNS, wholeNumber(end?.size ?? '') ?? 0);

/** Rows as wide as the layers say; what was typed stays where it was. */
export function fitted(draft: Draft): Draft {
  const [inputs, targets] = widths(draft);
  const fit = (cells: readonly string[], width: number): string[] => Array.from({ length: width }, (_, place) => cells[place] ?? '0');
  return { ...draft, rows: draft.rows.map((each) => ({ inputs: fit(each.inputs, inputs), targets: fit(each.targets, targets) })) };
}

/** The network that is suggested for a data set; what it says nothing about stays as it was. */
export function suggested(draft: Draft, { name, spec }: DatasetEntry): Draft {
  const layers = (spec.layers ?? []).map(({ size, activation }) => layer(size, activation ?? 'sigmoid'));
  const rate = spec.optimizer['learning_rate'];
  return { ...draft, layers, loss: spec.loss, switched: null, rate: typeof rate === 'number' ? String(rate) : draft.rate, source: name, options: {} };
}

/** First and last layer as wide as the data. */
export function sized(draft: Draft, inputs: number, targets: number): Draft {
  const last = draft.layers.length - 1;
  return { ...draft, layers: draft.layers.map((each, place) =>
    (place === 0 ? { ...each, size: String(inputs) } : place === last ? { ...each, size: String(targets) } : each)) };
}

/** A block of cells from a spreadsheet, put in from one cell on to the right and down; rows are added as needed. */
export function pasted(draft: Draft, text: string, atRow: number, atColumn: number): Draft {
  const [inputs] = widths(draft);
  const rows = draft.rows.map((each) => [...each.inputs, ...each.targets]);
  const width = rows[0]?.length ?? 0;
  text.trim().split(/\r?\n/).forEach((line, down) => {
    const target = (rows[atRow + down] ??= Array.from({ length: width }, () => '0'));
    line.trim().split(/\t|;|,(?=\s)|\s+/).forEach((cell, right) => { if (atColumn + right < width) target[atColumn + right] = cell; });
  });
  return { ...draft, rows: rows.map((cells) => ({ inputs: cells.slice(0, inputs), targets: cells.slice(inputs) })) };
}

export interface Complaints { readonly number: string; readonly tooLarge: string; readonly size: string; readonly seed: string; readonly noRows: string }

/** Either the request or the faults, each with the pointer that the service would use for the same field. */
export function request(draft: Draft, say: Complaints): { readonly spec?: NewNetwork; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const fault = (pointer: string, detail: string): number => {
    faults.push({ pointer, code: 'not-a-number', detail });
    return 0;
  };
  const real = (text: string, pointer: string): number => parseNumber(text) ?? fault(pointer, tooLarge(text) ? say.tooLarge : say.number);
  const size = (text: string, pointer: string): number => wholeNumber(text) || fault(pointer, say.size);
  const cells = (kind: 'inputs' | 'targets'): number[][] =>
    draft.rows.map((each, down) => each[kind].map((cell, right) => real(cell, `/data/${kind}/${down}/${right}`)));
  const data = (): NewData | null => {
    if (draft.source === 'typed') return draft.rows.length ? { inputs: cells('inputs'), targets: cells('targets') } : null;
    const share = draft.testFraction.trim();
    const treated = { ...(draft.standardise ? { standardise: true } : {}), ...(share ? { test_fraction: real(share, '/data/test_fraction') } : {}) };
    if (draft.source === 'csv') return { csv: draft.csv, ...targetsOf(draft.targets), ...treated };
    const options = Object.entries(draft.options).map(([name, text]) => [name, real(text, `/data/${name}`)] as const);
    return { dataset: draft.source, ...Object.fromEntries(options), ...treated };
  };
  const examples = data();
  const spec: NewNetwork = {
    layers: draft.layers.map(({ size: text, activation }, place) =>
      ({ size: size(text, `/layers/${place}/size`), ...(place > 0 ? { activation } : {}) })),
    loss: draft.loss,
    bias: { mode: draft.bias, trainable: draft.bias !== 'none' && draft.trainBias },
    optimizer: { name: draft.optimizer, learning_rate: real(draft.rate, '/optimizer/learning_rate') },
    update_order: draft.order,
    ...(draft.seed.trim() ? { seed: wholeNumber(draft.seed) ?? fault('/seed', say.seed) } : {}),
    ...(examples ? { data: examples } : {}),
  };
  if (!examples) fault('/data', say.noRows);
  return faults.length ? { faults } : { spec, faults };
}

/** Whole numbers are places, anything else is a name. */
function targetsOf(text: string): { readonly targets?: readonly (string | number)[] } {
  const targets = text.split(',').map((name) => name.trim()).filter(Boolean);
  return targets.length ? { targets: targets.map((name) => (/^-?\d+$/.test(name) ? Number(name) : name)) } : {};
}

/** Digits only: 1e3 and 0x10 are numbers to a program, not to a person. */
function wholeNumber(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text) : null;
}
