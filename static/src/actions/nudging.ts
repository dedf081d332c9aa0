/** Try it: one forward pass with one value changed. The service stores nothing, and leaving the card takes it back. */
import { forward } from '../api.ts';
import { momentFrom } from '../model/moment.ts';
import type { ForwardAnswer } from '../types/domain.ts';
import type { Moment, Store } from '../types/state.ts';
import { parameterOf } from '../model/places.ts';
import { structureOf, type Structure } from '../model/structure.ts';
import { enqueue } from './session.ts';

export function nudge(store: Store, direction: 1 | -1): Promise<void> {
  return enqueue(store, async () => {
    const { network, moment, card, nudge: before, nudgeSize, example } = store.get();
    const name = parameterOf(card?.name ?? '');
    const value = name ? moment?.value(name) : undefined;
    if (!network || !moment || !name || value === undefined) return;
    const amount = tidy((before?.name === name ? before.amount : 0) + direction * nudgeSize);
    if (amount === 0) return store.set({ nudge: null });
    const answer = await forward(network.id, moment.step, { [name]: value + amount });
    store.set({ nudge: { name, amount, values: nudged(answer, structureOf(network.spec), moment.step, example, name, value + amount) } });
  });
}

/** 0.1 + 0.2 is 0.3 to a person who pressed plus three times. */
const tidy = (amount: number): number => Number(amount.toPrecision(12));

/** The answer's arrays come in the order of the neurons. */
function nudged(answer: ForwardAnswer, { neurons }: Structure, step: number, example: number, name: string, value: number): Moment {
  const values = new Map<string, number>([[name, value]]);
  const fill = (prefix: string, names: readonly string[], row: readonly number[]): void =>
    names.forEach((each, place) => values.set(prefix + each, row[place] ?? NaN));
  answer.layers.forEach((layer, place) => {
    fill('net_', neurons[place + 1] ?? [], layer.net[example] ?? []);
    fill('out_', neurons[place + 1] ?? [], layer.out[example] ?? []);
  });
  if (answer.error) {
    fill('E_', neurons.at(-1) ?? [], answer.error.per_output[example] ?? []);
    values.set('E_total', answer.error.per_example[example] ?? NaN);
    values.set('E_batch', answer.error.total);
  }
  return momentFrom(step, values);
}
