/** The thumbnail of f in a capsule: the curve, the point on it, its tangent, and the dotted line to the output. */
import { curveOf } from '../../model/activations.ts';
import type { Rect } from '../../model/boxes.ts';
import { ease } from '../../model/motion.ts';
import { overview } from '../../model/numbers.ts';
import { isFill, unit, type Domain } from '../../model/scales.ts';
import { draw, put, show, write } from '../../paint/svg.ts';
import { label } from './marks.ts';

const SAMPLES = 46;
/** Half the tangent's length in units of net, for a domain that reaches 4.6. */
const TANGENT = 0.43;

export interface CurveState {
  readonly net: number;
  readonly out: number;
  /** Progress of out: the point travels along the curve from net = 0. */
  readonly progress: number;
  readonly now: boolean;
  /** Progress of the slope: its tangent grows. */
  readonly slope: number;
}

export interface CurveMark { paint(state: CurveState, nets: Domain, outs: Domain): void }

export function curveMark(parent: Element, cell: Rect, activation: string): CurveMark {
  const curve = curveOf(activation);
  const zero = draw(parent, 'line', { class: 'axis' });
  const level = draw(parent, 'line', { class: 'axis' });
  const path = draw(parent, 'path', { class: 'curve' });
  const tangent = draw(parent, 'line', { class: 'tangent' });
  const dotted = draw(parent, 'line', { class: 'dotted' });
  const point = draw(parent, 'circle', { class: 'point' });
  const scale = isFill(activation) ? null : [label(parent, cell.x + 4, cell.y + 14, '', 'scale', 'start'), label(parent, cell.x + cell.w - 4, cell.y + cell.h - 6, '', 'scale', 'end')];
  let drawn = '';
  return {
    paint(state, nets, outs) {
      const key = `${nets.high} ${outs.low} ${outs.high}`;
      if (key !== drawn) {
        drawn = key;
        paintCurve(nets, outs);
      }
      paintPoint(state, nets, outs);
    },
  };

  function paintCurve(nets: Domain, outs: Domain): void {
    put(zero, vertical(across(0, cell, nets), cell));
    put(level, outs.low < 0 ? horizontal(up(0, cell, outs), cell) : { display: 'none' });
    put(path, { d: curve ? pathOf(curve.f, cell, nets, outs) : null });
    if (scale?.[0] && scale[1]) {
      write(scale[0], overview(outs.high, 2));
      write(scale[1], cell.h < 56 || shallow(outs) ? '' : overview(outs.low, 2));
    }
  }

  function paintPoint(state: CurveState, nets: Domain, outs: Domain): void {
    const known = curve !== null && state.progress > 0 && Number.isFinite(state.net) && Number.isFinite(state.out);
    for (const element of [tangent, dotted, point]) show(element, known);
    if (!known) return;
    const z = state.net * ease(state.progress);
    const value = state.progress >= 1 ? state.out : curve.f(z);
    const [x, y] = [across(z, cell, nets), up(value, cell, outs)];
    put(point, { cx: x, cy: y, r: state.now ? 5.5 : 4 });
    put(dotted, { x1: x, x2: cell.x + cell.w, y1: y, y2: y });
    const half = nets.high * TANGENT * (state.now ? 1.3 * ease(state.slope) : 1);
    const slope = curve.slope(z);
    put(tangent, {
      display: state.progress >= 1 ? null : 'none', x1: across(z - half, cell, nets, false), x2: across(z + half, cell, nets, false),
      y1: up(value - half * slope, cell, outs, false), y2: up(value + half * slope, cell, outs, false),
    });
  }
}

/** Where little lies below zero the curve itself stands where the lower end of the scale would be written. */
const shallow = ({ low, high }: Domain): boolean => low < 0 && low > -high;

const vertical = (x: number, cell: Rect) => ({ x1: x, x2: x, y1: cell.y, y2: cell.y + cell.h });
const horizontal = (y: number, cell: Rect) => ({ display: null, x1: cell.x, x2: cell.x + cell.w, y1: y, y2: y });

/** Not-clamped positions let a tangent leave its cell, where the clip cuts it at the right angle. */
const place = (value: number, domain: Domain, clamped: boolean): number =>
  (clamped ? unit(value, domain) : (value - domain.low) / (domain.high - domain.low));

export const across = (z: number, cell: Rect, nets: Domain, clamped = true): number => cell.x + cell.w * place(z, nets, clamped);
export const up = (value: number, cell: Rect, outs: Domain, clamped = true): number => cell.y + cell.h * (1 - place(value, outs, clamped));

function pathOf(f: (z: number) => number, cell: Rect, nets: Domain, outs: Domain): string {
  const points = Array.from({ length: SAMPLES + 1 }, (_, index) => {
    const z = nets.low + ((nets.high - nets.low) * index) / SAMPLES;
    return `${across(z, cell, nets).toFixed(1)} ${up(f(z), cell, outs, false).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
