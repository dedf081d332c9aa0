/** The three cells of a capsule. They share one vertical scale, so that the eye walks from curve to output to target. */
import { curveOf } from '../../model/activations.ts';
import { bottom, middleX, middleY, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox } from '../../model/layout.ts';
import { ease, netSoFar } from '../../model/motion.ts';
import type { Place } from '../../model/places.ts';
import { isFill, unit } from '../../model/scales.ts';
import { classes, draw, put, show } from '../../paint/svg.ts';
import { curveMark } from './curve.ts';
import { fitted, label, numberMark, type NumberMark } from './marks.ts';
import { dress, type Stage } from './part.ts';
import { sharesMark } from './shares.ts';

export type Paint = (frame: Frame) => void;

/** A number keeps clear of the borders on both sides of it, in px together. */
const CLEAR = 6;
/** From this height on a cell has room for a number beside the line of its level. */
const LOWEST_LEVEL = 34;

export const rect = (box: Rect) => ({ x: box.x, y: box.y, width: Math.max(0, box.w), height: Math.max(0, box.h) });

export function outCell(stage: Stage, inside: Element, neuron: NeuronBox, activation: string): Paint {
  const cell = neuron.cells.out;
  const input = neuron.layer === 0;
  const lit = draw(inside, 'rect', { ...rect(cell), class: 'cell' });
  const fill = draw(inside, 'rect', { x: cell.x, width: cell.w, class: 'fill' });
  const edge = draw(inside, 'line', { x1: cell.x, x2: cell.x + cell.w, class: 'level' });
  const tall = cell.h >= 64 && !input;
  const caption = tall ? label(inside, middleX(cell), 0, stage.words.network.out) : null;
  const number = numberMark(inside, middleX(cell), middleY(cell) + 5, input ? 'value' : 'value strong');
  const name = input ? neuron.name : `out_${neuron.name}`;
  const place: Place = input ? `input:${neuron.name}` : `out:${neuron.name}`;
  const tag = neuron.form === 'line' ? label(inside, neuron.box.x + 8, middleY(cell) + 4.5, neuron.name, 'small', 'start') : null;
  if (tag) put(number.element, { x: neuron.box.x + neuron.box.w - 8, 'text-anchor': 'end' });
  return (frame) => {
    const progress = input ? 1 : frame.timeline.progress(name);
    const value = frame.value(name);
    dress(lit, 'cell', frame, place);
    paintLevel(frame, progress, value);
    const size = frame.layout.font.value;
    const room = tag ? cell.w - 32 : cell.w - CLEAR;
    if (frame.absent(name)) number.clear();
    else number.paint(name, value, fitted(name, outSoFar(frame, neuron, activation, progress, value), { size, room, bold: !input }, frame.digits));
    put(number.element, { class: classes('number value', !input && 'strong', progress === 0 && 'is-pending', frame.now(place) && 'is-now') });
    if (input || cell.h < LOWEST_LEVEL) return;
    const y = caption ? baseline(cell, frame, neuron.layer, value) : lowBaseline(cell, frame, neuron.layer, value);
    put(number.element, { y });
    if (caption) put(caption, { y: y - size - 4 });
  };

  function paintLevel(frame: Frame, progress: number, value: number): void {
    const domain = frame.outputs[neuron.layer] ?? { low: 0, high: 1 };
    const visible = !input && progress > 0 && !Number.isNaN(value);
    show(fill, visible);
    // In a low cell the number stands in the middle, where the line would strike it through.
    show(edge, visible && cell.h >= LOWEST_LEVEL);
    if (!visible) return;
    const ground = isFill(activation) ? domain.low : 0;
    const height = unit(ground, domain) + (unit(value, domain) - unit(ground, domain)) * ease(progress);
    const [top, foot] = [height, unit(ground, domain)].map((share) => cell.y + cell.h * (1 - share)) as [number, number];
    put(fill, { y: Math.min(top, foot), height: Math.abs(foot - top) });
    put(edge, { y1: top, y2: top });
  }
}

/** While out is being computed the number is what the point on the curve stands for. */
function outSoFar(frame: Frame, neuron: NeuronBox, activation: string, progress: number, value: number): number {
  const curve = curveOf(activation);
  if (progress <= 0 || progress >= 1 || !curve) return value;
  return curve.f(frame.value(`net_${neuron.name}`) * ease(progress));
}

/** Numbers stand low in a high fill and high over a low one, so that the level never strikes through them. */
function baseline(cell: Rect, frame: Frame, layer: number, value: number): number {
  const domain = frame.outputs[layer] ?? { low: 0, high: 1 };
  const { value: size, label: small } = frame.layout.font;
  return unit(value, domain) > 0.5 ? bottom(cell) - (cell.h < 84 ? 9 : 13) : cell.y + small + size + (cell.h < 84 ? 6 : 11);
}

/** The same for a cell with room for the number alone. */
function lowBaseline(cell: Rect, frame: Frame, layer: number, value: number): number {
  return unit(value, frame.outputs[layer] ?? { low: 0, high: 1 }) > 0.5 ? bottom(cell) - 6 : cell.y + frame.layout.font.value + 4;
}

export function netCell(stage: Stage, inside: Element, neuron: NeuronBox, cell: Rect): Paint {
  const name = `net_${neuron.name}`;
  const place: Place = `net:${neuron.name}`;
  const flat = cell.h < 40;
  const lit = draw(inside, 'rect', { ...rect(cell), class: 'cell' });
  const caption = label(inside, flat ? cell.x + 10 : middleX(cell), middleY(cell) + 4.5, stage.words.network.net, 'small', flat ? 'start' : 'middle');
  const number: NumberMark = numberMark(inside, flat ? cell.x + cell.w - 10 : middleX(cell), middleY(cell) + 4.5, 'value', flat ? 'end' : 'middle');
  return (frame) => {
    const progress = frame.timeline.progress(name);
    const size = frame.layout.font.value;
    const so = progress > 0 && progress < 1 && frame.moment ? netSoFar(neuron.name, progress, frame.structure, frame.moment) : frame.value(name);
    dress(lit, 'cell', frame, place);
    if (frame.absent(name)) number.clear();
    else number.paint(name, frame.value(name), fitted(name, so, { size, room: flat ? cell.w - 46 : cell.w - CLEAR, bold: frame.now(place) }, frame.digits));
    put(number.element, { class: classes('number value', progress === 0 && 'is-pending', frame.now(place) && 'is-now') });
    if (flat) return;
    const y = baseline(neuron.cells.out, frame, neuron.layer, frame.value(`out_${neuron.name}`));
    put(number.element, { y });
    put(caption, { y: y - size - 4 });
  };
}

/** f: lit while its slope is a factor. */
export function fCell(inside: Element, neuron: NeuronBox, cell: Rect, activation: string): Paint {
  const lit = draw(inside, 'rect', { ...rect(cell), class: 'cell' });
  const group = draw(inside, 'g', { class: 'f' });
  const paintMark = curveOf(activation) ? curvePaint(group, neuron, cell, activation) : sharesMark(group, cell, neuron);
  const place: Place = `f:${neuron.name}`;
  return (frame) => {
    dress(lit, 'cell', frame, place);
    dress(group, 'f', frame, place);
    paintMark(frame);
  };
}

function curvePaint(group: Element, neuron: NeuronBox, cell: Rect, activation: string): Paint {
  const mark = curveMark(group, cell, activation);
  const slope = `dout_${neuron.name}/dnet_${neuron.name}`;
  return (frame) => {
    const state = {
      net: frame.value(`net_${neuron.name}`), out: frame.value(`out_${neuron.name}`), now: frame.now(`f:${neuron.name}`),
      progress: frame.timeline.progress(`out_${neuron.name}`), slope: frame.phase === 'backward' ? frame.timeline.progress(slope) : 1,
    };
    const [nets, outs] = [frame.nets[neuron.layer], frame.outputs[neuron.layer]];
    if (nets && outs) mark.paint(state, nets, outs);
  };
}
