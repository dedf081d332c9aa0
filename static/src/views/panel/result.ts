/** The result card: what one step or one training did, in numbers a person can check */
import { overview, percentOf } from '../../model/numbers.ts';
import type { Moment, Result, State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { grouped, numberButton, numberText } from '../number.ts';
import { changeRow, lensFactor, scaleText, type Changed, type Naming } from './bars.ts';
import { numbered } from '../../model/structure.ts';
import { slipNames } from '../../actions/names.ts';
import { mode } from './mode.ts';
import { isWorkedExample } from './story.ts';

const BIGGEST = 4;
const MOST_OUTPUTS = 4;

export function mountResult(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.result, state.lang, mode(state), state.moment], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const result = state.result;
  host.hidden = mode(state) !== 'result';
  if (host.hidden || !result) return;
  replace(host, ...story(state, result), table(state, result), ...biggest(state, result), ...honesty(state, result));
}

function story(state: State, result: Result): Child[] {
  const say = words(state.lang).result;
  const lost = state.network?.first_not_finite;
  const wrong = lost && lost.step <= result.to ? lost : null;
  const count = result.to - result.from;
  const before = result.before.value('E_batch') ?? NaN;
  const after = result.after.value('E_batch') ?? NaN;
  const verb = after < before ? say.fell : after > before ? say.rose : Number.isFinite(after) ? say.same : say.went;
  const percent = percentOf(before, after);
  return [
    h('p', { class: 'say' }, count === 1 ? say.step : say.steps(grouped(count)), h('strong', {}, verb), say.from,
      numberText({ name: `E_batch@${result.from}`, value: before, className: 'strong' }), say.to,
      numberButton({ name: 'E_batch', value: after, className: 'strong' }), percent ? (percent.almost ? say.byMoreThan : say.by)(percent.text) : '.'),
    wrong && h('p', { class: 'alarm', role: 'alert' }, say.notFinite,
      h('strong', { 'data-first-not-finite': wrong.name }, `${wrong.name} = ${overview(wrong.value)}`), say.at(grouped(wrong.step))),
  ];
}

/** With several examples the error of them all comes first; then what the example that is looked at contributes. */
function ofAll(state: State, row: (name: string, target: Child) => HTMLElement): HTMLElement[] {
  if (rowsOfData(state) < 2) return [];
  const say = words(state.lang).result;
  return [row('E_batch', '0'), h('tr', {}, h('th', { scope: 'rowgroup', colspan: 4, class: 'row-group' }, say.example(state.example + 1)))];
}

const rowsOfData = (state: State): number => state.network?.spec.data?.inputs?.length ?? 0;

/** One row a quantity; the last column of numbers is this moment's, so those are the ones that can be tapped. */
function table(state: State, { from, to, before, after }: Result): HTMLElement {
  const say = words(state.lang).result;
  const outputs = numbered(Math.min(MOST_OUTPUTS, state.network?.spec.layers.at(-1)?.size ?? 0), (place) => `out_o${place + 1}`);
  const row = (name: string, target: Child): HTMLElement => h('tr', {},
    h('th', { scope: 'row' }, name),
    h('td', {}, numberText({ name: `${name}@${from}`, value: before.value(name) ?? NaN })),
    h('td', {}, numberButton({ name, value: after.value(name) ?? NaN, className: 'strong' })),
    h('td', {}, target));
  return h('table', { class: 'result-table' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, say.columns.quantity)),
      h('th', { scope: 'col' }, say.atStep(grouped(from))), h('th', { scope: 'col' }, say.atStep(grouped(to))), h('th', { scope: 'col' }, say.columns.target))),
    h('tbody', {}, ...ofAll(state, row), row('E_total', '0'), ...outputs.map((name) => row(name, target(after, name)))));
}

function target(moment: Moment, output: string): Child {
  const name = output.replace('out_', 't_');
  const value = moment.value(name);
  return value === undefined ? '' : numberButton({ name, value });
}

/** Changes of the parameters, largest first. */
export function changes(state: State, { before, after }: Result): Changed[] {
  return slipNames(state.calculations)
    .map((name) => ({ name, before: before.value(name) ?? NaN, after: after.value(name) ?? NaN }))
    .sort((a, b) => sizeOf(b) - sizeOf(a));
}

/** What is not a number any more has gone furthest. */
const sizeOf = ({ before, after }: Changed): number => (Number.isNaN(after - before) ? Number.MAX_VALUE : Math.abs(after - before));

function biggest(state: State, result: Result): Child[] {
  const say = words(state.lang).result;
  const naming: Naming = { before: (name) => `${name}@${result.from}`, after: (name) => name };
  const rows = changes(state, result);
  const shown = withOneBelow(rows);
  const factor = lensFactor(rows.map(({ before, after }) => after - before));
  return [
    h('div', { class: 'lens-head' }, h('h3', { class: 'section-title' }, rows.length < state.calculations.counts.update ? say.biggestOf(grouped(rows.length)) : say.biggest), h('span', { class: 'muted' }, scaleText(factor, words(state.lang).lens))),
    h('ul', { class: 'changes' }, ...shown.map((row) => changeRow(row, factor, naming, false))),
  ];
}

/** The biggest ones, and w1: far from the error, its change is small but there, and it should be seen. */
function withOneBelow(rows: readonly Changed[]): readonly Changed[] {
  const top = rows.slice(0, BIGGEST);
  const first = rows.find(({ name }) => name === 'w1');
  return first && !top.includes(first) ? [...top, first] : top;
}

function honesty(state: State, result: Result): Child[] {
  const say = words(state.lang).result;
  const one = rowsOfData(state) === 1;
  const error = state.result?.to === 1 && result.after.value('E_total');
  return [
    one && result.to >= 100 && h('p', { class: 'why' }, h('strong', {}, say.heartTitle), ' ', say.heart(grouped(result.to))),
    typeof error === 'number' && state.network && isWorkedExample(state.network.spec)
      && h('p', { class: 'why' }, h('strong', {}, say.storyTitle(error.toFixed(9))), ' ', say.story),
    result.to === 1 && h('button', { type: 'button', class: 'wide', 'data-action': 'train', 'data-argument': '10000' }, say.goOn),
  ];
}
