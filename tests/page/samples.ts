/** Networks and states that several tests draw. */
import { layoutOf, type NetLayout } from '../../static/src/model/layout.ts';
import { momentFrom, type Moment } from '../../static/src/model/moment.ts';
import { readingOf } from '../../static/src/model/reading.ts';
import { edgesToDraw } from '../../static/src/model/strongest.ts';
import { structureOf, type Structure } from '../../static/src/model/structure.ts';
import type { Calculation, Spec } from '../../static/src/types/domain.ts';
import type { State } from '../../static/src/types/state.ts';

export function spec(sizes: readonly number[], more: Partial<Spec> = {}): Spec {
  return {
    layers: sizes.map((size, layer) => (layer === 0 ? { size } : { size, activation: 'sigmoid' })),
    loss: 'half_squared_error', reduction: 'mean', bias: { mode: 'shared', trainable: false },
    optimizer: { name: 'sgd', learning_rate: 0.5 }, update_order: 'simultaneous', batch: { size: null, shuffle: false },
    data: { inputs: [sizes.slice(0, 1).map(() => 0)], targets: [[0]] }, ...more,
  } as Spec;
}

export const structure = (sizes: readonly number[], more: Partial<Spec> = {}): Structure => structureOf(spec(sizes, more));

export function layout(of: Structure, width: number, height: number, open: readonly string[] = [], moment: Moment | null = null): NetLayout {
  return layoutOf(of, { width, height, compact: width < 560, open: new Set(open), edges: (drawn) => edgesToDraw(of, drawn, moment) });
}

/** The worked example before its first update; digits as in `reference`, to six places. */
export const WORKED: ReadonlyMap<string, number> = new Map(Object.entries({
  i1: 0.05, i2: 0.1, w1: 0.15, w2: 0.2, w3: 0.25, w4: 0.3, w5: 0.4, w6: 0.45, w7: 0.5, w8: 0.55, b1: 0.35, b2: 0.6,
  net_h1: 0.3775, net_h2: 0.3925, out_h1: 0.59327, out_h2: 0.596884, net_o1: 1.105906, net_o2: 1.224921, out_o1: 0.751365, out_o2: 0.772928,
  t_o1: 0.01, t_o2: 0.99, E_o1: 0.274811, E_o2: 0.02356, E_total: 0.298371, delta_o1: 0.138499, delta_o2: -0.038098,
  'dE/dout_o1': 0.741365, 'dE/dout_h1': 0.03635, 'dE/dw5': 0.082167, 'w5+': 0.358916, 'w1+': 0.149781,
}));

export const moment = (step = 0): Moment => momentFrom(step, WORKED);

const of = (phase: Calculation['phase'], names: readonly string[]): Calculation[] => names.map((name) => ({ name, phase, group: name }));

export const CALCULATIONS = readingOf({ forward: 4, error: 2, backward: 4, update: 2 }, [
  ...of('forward', ['net_h1', 'out_h1', 'net_o1', 'out_o1']), ...of('error', ['E_o1', 'E_total']),
  ...of('backward', ['dE/dout_o1', 'delta_o1', 'dE/dw5', 'dE/dout_h1']), ...of('update', ['w1+', 'w5+']),
]);

/** As much of a state as the drawing reads. */
export function state(patch: Partial<State> = {}): State {
  return {
    calculations: CALCULATIONS, cursor: { step: 0, phase: 'forward', index: -1 }, t: 1, moment: moment(), card: null,
    selection: null, highlight: null, nudge: null, result: null, ...patch,
  } as State;
}
