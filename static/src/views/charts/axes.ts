/** The frame of a chart: where steps and values stand, their ticks and grid. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { textWidth } from '../../model/boxes.ts';
import { overview, powerOfTen } from '../../model/numbers.ts';
import type { Extent } from '../../model/series.ts';
import { draw } from '../../paint/svg.ts';
import { grouped } from '../number.ts';

export interface Plot { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
export type Scale = (value: number) => number;
export interface Axis { readonly at: Scale; readonly ticks: readonly number[]; readonly digits: number }
export interface StepAxis extends Axis { readonly logarithmic: boolean; stepAt(x: number): number }

/** From this many steps on, the first ones would be a hair on the left edge of a linear axis. */
const LONG = 20;

/** Steps start at 0, so a logarithmic axis of them is one of step + 1. */
export function stepAxis(last: number, plot: Plot): StepAxis {
  const logarithmic = last > LONG;
  const width = plot.right - plot.left;
  if (!logarithmic) {
    const ticks = scaleLinear([0, last], [0, 1]).ticks(Math.min(last, 6)).filter(Number.isInteger);
    return { logarithmic, ticks, digits: 9, at: (step) => plot.left + (width * step) / Math.max(1, last), stepAt: (x) => ((x - plot.left) / width) * last };
  }
  const top = Math.log1p(last);
  const decades = Array.from({ length: Math.floor(Math.log10(last)) + 1 }, (_, power) => 10 ** power);
  return {
    logarithmic, ticks: [0, ...decades], digits: 9,
    at: (step) => plot.left + (width * Math.log1p(step)) / top,
    stepAt: (x) => Math.expm1(((x - plot.left) / width) * top),
  };
}

export function valueAxis({ low, high }: Extent, plot: Plot, logarithmic: boolean): Axis {
  if (logarithmic) {
    const scale = scaleLog([10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high) + 1e-9)], [plot.bottom, plot.top]);
    const decades = scale.ticks().filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
    const every = Math.ceil(decades.length / 6);
    return { at: (value) => scale(Math.max(value, Number.MIN_VALUE)), ticks: decades.filter((_, place) => place % every === 0), digits: 1 };
  }
  const scale = scaleLinear([low, high === low ? low + 1 : high], [plot.bottom, plot.top]).nice(5);
  return { at: scale, ticks: scale.ticks(5), digits: 3 };
}

/** A tick of an axis in the room beside it: 800000000 is 8×10⁸ there. */
export function tickText(tick: number, digits: number, room: number): string {
  const texts = [overview(tick, digits), ...Array.from({ length: digits }, (_, less) => powerOfTen(tick, digits - less))].filter((text) => text !== null);
  return texts.find((text) => textWidth(text, TICK_SIZE) <= room) ?? texts.at(-1) ?? '';
}

const TICK_SIZE = 12;

export function drawAxes(parent: Element, plot: Plot, steps: StepAxis, values: Axis, title: string): void {
  for (const tick of values.ticks) {
    const y = values.at(tick);
    draw(parent, 'line', { x1: plot.left, x2: plot.right, y1: y, y2: y, class: tick === 0 ? 'grid zero' : 'grid' });
    draw(parent, 'text', { x: plot.left - 6, y: y + 4, 'text-anchor': 'end', class: 'tick' }, tickText(tick, values.digits, plot.left - 10));
  }
  let taken = -Infinity;
  for (const tick of steps.ticks) {
    const x = steps.at(tick);
    draw(parent, 'line', { x1: x, x2: x, y1: plot.bottom, y2: plot.bottom + 4, class: 'tick-mark' });
    const width = grouped(tick).length * 7 + 8;
    if (x - width / 2 < taken) continue;
    taken = x + width / 2;
    draw(parent, 'text', { x, y: plot.bottom + 17, 'text-anchor': 'middle', class: 'tick' }, grouped(tick));
  }
  draw(parent, 'text', { x: (plot.left + plot.right) / 2, y: plot.bottom + 33, 'text-anchor': 'middle', class: 'tick' }, title);
}

/** A line through the points; a value that is not finite breaks it. */
export function pathOf(points: readonly { readonly step: number; readonly value: number }[], steps: Scale, values: Scale): string {
  let path = '';
  let broken = true;
  for (const { step, value } of points) {
    const y = values(value);
    if (Number.isFinite(value) && Number.isFinite(y)) path += `${broken ? 'M' : 'L'}${steps(step).toFixed(1)} ${y.toFixed(1)}`;
    broken = !Number.isFinite(value);
  }
  return path;
}
