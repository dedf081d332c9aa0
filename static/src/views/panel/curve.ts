/** The error of a measured gradient against h, both axes logarithmic: the parabola falls, rounding rises. */
import { scaleLog } from 'd3-scale';
import type { Words } from '../../i18n/index.ts';
import { overview } from '../../model/numbers.ts';
import { draw } from '../../paint/svg.ts';
import type { CheckedParameter, GradientCheck } from '../../types/domain.ts';

const SIZE = { width: 380, height: 190 };
const PLOT = { left: 56, right: 368, top: 14, bottom: 150 };
/** An error of 0 has no logarithm; it stands on the floor. */
const FLOOR = 1e-17;
const EVERY = 3;
/** Below the lowest point, for the words under it. */
const LABEL_ROOM = 100;

export function errorCurve(check: GradientCheck, parameter: CheckedParameter, say: Words['check']): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const errors = parameter.errors.map((error) => Math.max(error, FLOOR));
  const seen = errors.filter(Number.isFinite);
  const [x, low, high] = [axisOf(check.h, PLOT.left, PLOT.right), decade(Math.min(...seen, 1)) / LABEL_ROOM, decade(Math.max(...seen, FLOOR) * 9.99)];
  const y = scaleLog([low, Math.max(high, 10 * low)], [PLOT.bottom, PLOT.top]);
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, class: 'chart-svg check-curve', role: 'img', 'aria-label': say.summary(overview(parameter.best_h, 2), overview(parameter.relative_error, 2)) })) svg.setAttribute(name, value);
  for (const tick of decades(low, high)) {
    draw(svg, 'line', { x1: PLOT.left, x2: PLOT.right, y1: y(tick), y2: y(tick), class: 'grid' });
    draw(svg, 'text', { x: PLOT.left - 6, y: y(tick) + 4, 'text-anchor': 'end', class: 'tick' }, power(tick));
  }
  for (const tick of decades(Math.min(...check.h), Math.max(...check.h))) {
    draw(svg, 'text', { x: x(tick), y: PLOT.bottom + 17, 'text-anchor': 'middle', class: 'tick' }, power(tick));
  }
  draw(svg, 'text', { x: (PLOT.left + PLOT.right) / 2, y: PLOT.bottom + 33, 'text-anchor': 'middle', class: 'tick' }, say.axis);
  draw(svg, 'path', { d: pathOf(check.h.map(x), errors.map((error) => y(error))), class: 'curve-line main' });
  check.h.forEach((h, place) => dot(svg, x(h), y(errors[place] ?? NaN), h === parameter.best_h));
  const best = errors[check.h.indexOf(parameter.best_h)] ?? NaN;
  if (Number.isFinite(best)) label(svg, x(parameter.best_h), y(best), say.best);
  return svg;
}

const axisOf = (values: readonly number[], from: number, to: number): ((value: number) => number) => scaleLog([Math.min(...values), Math.max(...values)], [from, to]);

/** The power of ten at or below a value. */
const decade = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9);

function decades(low: number, high: number): number[] {
  const [from, to] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  return Array.from({ length: to - from + 1 }, (_, place) => from + place).filter((exponent) => (to - exponent) % EVERY === 0).map((exponent) => 10 ** exponent);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

function pathOf(xs: readonly number[], ys: readonly number[]): string {
  let path = '';
  ys.forEach((y, place) => {
    if (Number.isFinite(y)) path += `${path && Number.isFinite(ys[place - 1] ?? NaN) ? 'L' : 'M'}${(xs[place] ?? 0).toFixed(1)} ${y.toFixed(1)}`;
  });
  return path;
}

function dot(svg: SVGSVGElement, x: number, y: number, best: boolean): void {
  if (Number.isFinite(y)) draw(svg, 'circle', { cx: x, cy: y, r: best ? 5 : 2.5, class: best ? 'mark' : 'check-dot' });
}

function label(svg: SVGSVGElement, x: number, y: number, text: string): void {
  draw(svg, 'text', { x, y: y + 20, 'text-anchor': 'middle', class: 'mark-text' }, text);
}
