/** Every weight over the steps; the chosen one stands out, and where it changes its sign is marked on it. */
import type { Words } from '../../i18n/index.ts';
import { textWidth } from '../../model/boxes.ts';
import { overview, shown } from '../../model/numbers.ts';
import { crossing, endLabels, extentOf, namesTogether, placesToDraw, pointsAt, type LineEnd, type Series } from '../../model/series.ts';
import { classes, draw } from '../../paint/svg.ts';
import type { History } from '../../types/state.ts';
import { grouped } from '../number.ts';
import { drawAxes, pathOf, stepAxis, valueAxis, type Plot, type Scale, type StepAxis } from './axes.ts';
import { drawHere, drawPast } from './error.ts';

export interface WeightChart { readonly summary: string; readonly steps: StepAxis }

const LABEL_HEIGHT = 16;
/** Room right of the plot for the labels at the ends of the lines. */
export const LABEL_WIDTH = 84;

export function drawWeights(svg: SVGSVGElement, plot: Plot, history: History, past: History | null, here: number, chosen: string | null, lit: string | null, words: Words): WeightChart | null {
  const seen = extentOf([...history.weights.values(), ...(past?.weights.values() ?? [])]);
  if (!seen) return null;
  const last = Math.max(1, history.steps.at(-1) ?? 1);
  const steps = stepAxis(Math.max(last, past?.steps.at(-1) ?? 0), plot);
  const values = valueAxis({ low: Math.min(0, seen.low), high: Math.max(0, seen.high) }, plot, false);
  drawAxes(svg, plot, steps, values, steps.logarithmic ? words.charts.stepLog : words.charts.step);
  drawHere(svg, plot, steps.at(Math.min(here, last)));
  if (past) for (const [name, old] of past.weights) drawPast(svg, name, { steps: past.steps, values: old }, steps, values.at);
  const places = placesToDraw(history.steps, steps.logarithmic);
  const order = [...history.weights].sort(([one], [other]) => rank(one, chosen, lit) - rank(other, chosen, lit));
  for (const [name, all] of order) {
    drawLine(svg, name, pathOf(pointsAt({ steps: history.steps, values: all }, places), steps.at, values.at), all.at(-1) ?? 0, name === chosen, name === lit);
  }
  drawEnds(svg, plot, history, values.at, chosen, words);
  const picked = chosen ? history.weights.get(chosen) : undefined;
  const summary = picked && chosen ? drawChosen(svg, plot, { steps: history.steps, values: picked }, chosen, steps.at, values.at, words) : '';
  return { steps, summary };
}

/** Later lines lie on top. */
const rank = (name: string, chosen: string | null, lit: string | null): number => (name === chosen ? 2 : name === lit ? 1 : 0);

function drawLine(svg: SVGSVGElement, name: string, path: string, end: number, chosen: boolean, lit: boolean): void {
  const group = draw(svg, 'g', { class: classes('weight-line', chosen && 'is-chosen', lit && 'is-lit', end < 0 && 'is-minus'), 'data-action': `select:${name}`, 'data-lights': name });
  draw(group, 'path', { d: path, class: 'reach-line' });
  draw(group, 'path', { d: path, class: 'curve-line' });
}

function drawEnds(svg: SVGSVGElement, plot: Plot, history: History, at: Scale, chosen: string | null, words: Words): void {
  const ends: LineEnd[] = [...history.weights].map(([name, values]) => ({ name, y: at(values.at(-1) ?? NaN) })).filter(({ y }) => Number.isFinite(y));
  const last = history.steps.at(-1) ?? 0;
  for (const { names, y } of endLabels(ends, LABEL_HEIGHT, { top: plot.top + 4, bottom: plot.bottom - 4 }, chosen)) {
    const alone = names.length === 1 && names[0] === chosen;
    const text = draw(svg, 'text', { x: plot.right + 8, y: y + 4.5, class: alone ? 'end-label is-chosen' : 'end-label' });
    if (!alone) {
      text.textContent = groupText(names, words);
      continue;
    }
    const value = history.weights.get(chosen ?? '')?.at(-1) ?? NaN;
    draw(text, 'tspan', {}, `${chosen}\u2002`);
    draw(text, 'tspan', { 'data-name': `${chosen}@${last}`, 'data-value': String(value) }, overview(value));
  }
}

function groupText(names: readonly string[], words: Words): string {
  const text = namesTogether(names, words.charts.to);
  return textWidth(text, 12) < LABEL_WIDTH ? text : words.charts.others(names.length);
}

/** The event on the chosen curve: the step at which its sign changes. */
function drawChosen(svg: SVGSVGElement, plot: Plot, series: Series, name: string, stepAt: Scale, valueAt: Scale, words: Words): string {
  const say = words.charts;
  const [first, final] = [series.values[0] ?? NaN, series.values[series.values.length - 1] ?? NaN];
  const summary = say.weightSummary(name, shown(name, first), shown(name, final));
  const step = crossing(series);
  if (step === null) return summary;
  const [x, y] = [stepAt(step), valueAt(0)];
  const down = final < 0;
  const foot = down ? Math.min(y + 30, plot.bottom - 34) : Math.max(y - 30, plot.top + 34);
  const anchor = x > (plot.left + plot.right) / 2 ? 'end' : x - plot.left < 90 ? 'start' : 'end';
  draw(svg, 'line', { x1: x, x2: x, y1: y, y2: foot, class: 'event-stem' });
  draw(svg, 'circle', { cx: x, cy: y, r: 5.5, class: 'event' });
  for (const [line, text] of [say.crosses(name), say.atStep(grouped(step))].entries()) {
    draw(svg, 'text', { x: x + (anchor === 'end' ? 6 : -6), y: foot + (down ? 14 + 16 * line : -20 + 16 * line), 'text-anchor': anchor, class: 'event-text' }, text);
  }
  return `${summary} ${say.crossSummary(name, grouped(step))}`;
}
