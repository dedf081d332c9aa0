/** The gradient measured: move the parameter by ±h, compute the error twice, divide. No derivative is needed. */
import { words, type Words } from '../../i18n/index.ts';
import { overview } from '../../model/numbers.ts';
import { parameterOf } from '../../model/places.ts';
import type { CheckedParameter, GradientCheck } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { full, numberButton } from '../number.ts';
import { pretty } from '../pretty.ts';
import { errorCurve } from './curve.ts';
import { mode } from './mode.ts';

const MOST_KINKS = 3;

export function mountCheck(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.check, state.lang, mode(state), state.card], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'check';
  if (host.hidden) return;
  const all = words(state.lang);
  const say = all.check;
  const name = parameterOf(state.card?.name ?? '');
  if (!name) return replace(host, h('p', { class: 'muted' }, say.needs));
  const intro = h('p', { class: 'note' }, say.intro(name));
  if (state.check === 'failed') {
    return replace(host, intro, h('p', { class: 'alarm', role: 'alert' }, say.failed), h('button', { type: 'button', 'data-action': 'tab:check' }, say.again));
  }
  const parameter = state.check?.parameters[0];
  if (!state.check || !parameter) return replace(host, intro, h('p', { class: 'muted', role: 'status' }, say.measuring));
  replace(host, ...answer(state, state.check, parameter, say), intro);
}

function answer(state: State, check: GradientCheck, parameter: CheckedParameter, say: Words['check']): Child[] {
  return [
    h('p', { class: 'say', 'data-verdict': parameter.verdict }, parameter.sentence[state.lang]),
    table(parameter, say),
    h('h3', { class: 'section-title' }, say.curve),
    errorCurve(check, parameter, say),
    ...kinks(check, parameter, say),
  ];
}

function table(parameter: CheckedParameter, say: Words['check']): HTMLElement {
  const row = (label: string, value: Child): HTMLElement => h('tr', {}, h('th', { scope: 'row' }, label), h('td', {}, value));
  const plain = (kind: string, value: number, digits: number): HTMLElement => h('span', { 'data-check': kind, 'data-value': full(value), title: full(value) }, overview(value, digits));
  return h('table', { class: 'result-table check-table' }, h('tbody', {},
    row(say.analytic, numberButton({ name: `dE/d${parameter.name}`, value: parameter.analytic, role: 'gap', text: overview(parameter.analytic, 8) })),
    row(say.numeric, plain('numeric', parameter.numeric, 8)),
    row(say.relative, plain('relative', parameter.relative_error, 2)),
    row(say.bestH, plain('best-h', parameter.best_h, 2))));
}

function kinks(check: GradientCheck, parameter: CheckedParameter, say: Words['check']): Child[] {
  const all = check.kinks.filter((kink) => kink.parameter === parameter.name);
  return all.slice(0, MOST_KINKS).map(({ neuron, function: of, distance, from_h, within_best_h }) => {
    const name = of === 'loss' ? `out_${neuron}` : `net_${neuron}`;
    const text = say.kink(pretty(name), overview(Math.abs(distance), 3), overview(from_h, 2), within_best_h);
    return h('p', { class: 'note', 'data-kink': name }, text);
  });
}
