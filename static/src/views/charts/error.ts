/** The error over the steps, with start, first step and end marked. */
import type { Words } from '../../i18n/index.ts';
import { overview } from '../../model/numbers.ts';
import { extentOf, placesToDraw, pointsAt, valueAt, type Series } from '../../model/series.ts';
import { draw } from '../../paint/svg.ts';
import type { History } from '../../types/state.ts';
import { grouped } from '../number.ts';
import { drawAxes, pathOf, stepAxis, valueAxis, type Plot, type Scale, type StepAxis } from './axes.ts';

export interface ErrorChart { readonly summary: string; readonly steps: StepAxis }

export function drawError(svg: SVGSVGElement, plot: Plot, history: History, past: History | null, here: number, wantsLog: boolean, words: Words): ErrorChart | null {
  const series: Series = { steps: history.steps, values: history.loss };
  const last = Math.max(1, history.steps.at(-1) ?? 1);
  const losses = [history.loss, past?.loss ?? []];
  const logarithmic = wantsLog && extentOf(losses, isPositive) !== null;
  const seen = extentOf(losses, logarithmic ? isPositive : Number.isFinite);
  if (!seen) return null;
  const steps = stepAxis(Math.max(last, past?.steps.at(-1) ?? 0), plot);
  const values = valueAxis(logarithmic ? seen : { low: Math.min(0, seen.low), high: seen.high }, plot, logarithmic);
  const say = words.charts;
  drawAxes(svg, plot, steps, values, steps.logarithmic ? say.stepLog : say.step);
  drawHere(svg, plot, steps.at(Math.min(here, last)));
  if (past) drawPast(svg, 'E_batch', { steps: past.steps, values: past.loss }, steps, values.at);
  draw(svg, 'path', { d: pathOf(pointsAt(series, placesToDraw(history.steps, steps.logarithmic)), steps.at, values.at), class: 'curve-line main' });
  for (const mark of marksOf(series, last)) drawMark(svg, plot, mark, steps.at(mark.step), values.at(mark.value));
  return { steps, summary: summaryOf(series, last, words) };
}

/** The run that an edit of the past left: grey, so that the new one is seen against it. */
export function drawPast(svg: SVGSVGElement, name: string, series: Series, steps: StepAxis, at: Scale): void {
  const points = pointsAt(series, placesToDraw(series.steps, steps.logarithmic));
  draw(svg, 'path', { d: pathOf(points, steps.at, at), class: 'curve-line past', 'data-past': name });
}

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

/** Where the stepper stands. */
export function drawHere(svg: SVGSVGElement, plot: Plot, x: number): void {
  draw(svg, 'line', { x1: x, x2: x, y1: plot.top - 4, y2: plot.bottom, class: 'here' });
}

/** The baseline of a text that touches the upper edge of the drawing. */
const TOP_LINE = 12;

interface Mark { readonly step: number; readonly value: number; readonly place: 'below' | 'above' | 'end' }

function marksOf(series: Series, last: number): Mark[] {
  const mark = (step: number, place: Mark['place']): Mark => ({ step, place, value: valueAt(series, step) });
  return [mark(0, 'below'), ...(last > 1 ? [mark(1, 'above')] : []), mark(last, 'end')].filter(({ value }) => Number.isFinite(value));
}

function drawMark(svg: SVGSVGElement, plot: Plot, mark: Mark, x: number, y: number): void {
  draw(svg, 'circle', { cx: x, cy: y, r: 4.5, class: 'mark' });
  const end = mark.place === 'end';
  const below = mark.place === 'below' && y + 22 < plot.bottom;
  const attributes = {
    x: x + (end ? -10 : 6), y: end ? (y + 18 < plot.bottom ? y + 16 : y + 4) : below ? y + 19 : Math.max(TOP_LINE, y - 9), 'text-anchor': end ? 'end' : 'start',
    class: 'mark-text', 'data-name': `E_batch@${mark.step}`, 'data-value': String(mark.value),
  };
  draw(svg, 'text', attributes, overview(mark.value, mark.value < 0.001 ? 3 : 4));
}

function summaryOf(series: Series, last: number, words: Words): string {
  let best = 0;
  for (let place = 1; place < series.values.length; place += 1) if ((series.values[place] ?? NaN) < (series.values[best] ?? NaN)) best = place;
  return words.charts.errorSummary(overview(series.values[0] ?? NaN), overview(valueAt(series, last)), grouped(last), overview(series.values[best] ?? NaN), grouped(series.steps[best] ?? 0));
}
