/** The charts: the error and every weight over the recorded steps. Closed until there are two steps; live while training. */
import { words } from '../i18n/index.ts';
import { parameterOf } from '../model/places.ts';
import { crossing, extentOf } from '../model/series.ts';
import { clock } from '../paint/clock.ts';
import type { History, State, Store } from '../types/state.ts';
import { drawError } from './charts/error.ts';
import { chartFrame, type ChartFrame } from './charts/frame.ts';
import { drawWeights, LABEL_WIDTH } from './charts/weights.ts';
import { h } from './dom.ts';

const FEWEST_STEPS = 2;
/** Right of the plot, for half of the last step's label. */
const TICK_ROOM = 26;
const RELEVANT = ['history', 'past', 'selection', 'highlight', 'cursor', 'card', 'lang', 'network', 'chartsOpen'] as const satisfies readonly (keyof State)[];

/** Whether there is anything to see: two steps, or the run that an edit has left. */
export const hasCurves = ({ history, past }: State): boolean =>
  history !== null && ((history.steps.at(-1) ?? 0) >= FEWEST_STEPS || past !== null);

export function mountCharts(host: HTMLElement, store: Store): void {
  let asked: boolean | null = null;
  const [error, weights] = [chartFrame(store), chartFrame(store)];
  host.replaceChildren(error.element, weights.element);
  const toggle = (logarithmic: boolean): void => {
    asked = !logarithmic;
    paint();
  };

  const paint = (): void => {
    const state = store.get();
    const history = state.history;
    host.hidden = !hasCurves(state);
    host.dataset['open'] = String(state.chartsOpen);
    if (host.hidden || !history) return;
    paintError(error, state, history, asked ?? spansDecades(history), toggle);
    paintWeights(weights, state, history);
  };

  const soon = (): void => clock.soon(paint);
  store.subscribe((now, was) => { if (RELEVANT.some((key) => now[key] !== was[key])) soon(); });
  new ResizeObserver(soon).observe(host);
  paint();
}

function paintError(chart: ChartFrame, state: State, history: History, logarithmic: boolean, toggle: (logarithmic: boolean) => void): void {
  const all = words(state.lang);
  const examples = state.network?.spec.data?.inputs?.length ?? 1;
  const button = h('button', { type: 'button', class: 'chart-switch', 'data-action': 'log-scale', 'aria-pressed': String(logarithmic) }, all.charts.log);
  button.addEventListener('click', () => toggle(logarithmic));
  chart.head(`${state.lang} ${logarithmic} ${examples > 1}`, () => [h('h2', {}, examples > 1 ? all.charts.batchError : all.charts.error), button]);
  chart.draw((svg, plot) => drawError(svg, plot, history, state.past, state.cursor.step, logarithmic, all), TICK_ROOM);
}

function paintWeights(chart: ChartFrame, state: State, history: History): void {
  const all = words(state.lang);
  const chosen = chosenOf(state, history);
  const names = [...history.weights.keys()];
  chart.head(`${state.lang} ${chosen} ${names.join()}`, () => {
    const select = h('select', { class: 'chart-switch', 'data-action': 'select', 'aria-label': all.charts.pick },
      ...names.map((name) => h('option', { value: name, selected: name === chosen }, all.charts.singled(name))));
    return [h('h2', {}, all.charts.weights), select];
  });
  const lit = state.highlight ? parameterOf(state.highlight) : null;
  chart.draw((svg, plot) => drawWeights(svg, plot, history, state.past, state.cursor.step, chosen, lit, all), LABEL_WIDTH);
}

/** Nobody asked yet: an error that falls by powers of ten is only seen on a logarithmic axis. */
function spansDecades(history: History): boolean {
  const seen = extentOf([history.loss], (value) => Number.isFinite(value) && value > 0);
  return seen !== null && seen.high > 10 * seen.low;
}

/** What is selected or explained; else the first weight that changes its sign; else the one that went furthest. */
function chosenOf(state: State, history: History): string | null {
  const asked = [state.selection, state.card?.name].map((name) => (name ? parameterOf(name) : null)).find((name) => name && history.weights.has(name));
  if (asked) return asked;
  const events = [...history.weights].map(([name, values]) => ({
    name, crosses: crossing({ steps: history.steps, values }) ?? Infinity, way: Math.abs((values.at(-1) ?? 0) - (values[0] ?? 0)),
  }));
  events.sort((one, other) => (one.crosses === other.crosses ? other.way - one.way : one.crosses - other.crosses));
  return events[0]?.name ?? null;
}
