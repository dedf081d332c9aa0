/** Right of an output: the gap between what it says and what it should say, the target, and its error. */
import { bottom, middleX, middleY, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox, OutputBox } from '../../model/layout.ts';
import { ease } from '../../model/motion.ts';
import { signed } from '../../model/numbers.ts';
import { unit } from '../../model/scales.ts';
import { classes, draw, put, show } from '../../paint/svg.ts';
import { rect } from './cells.ts';
import { errorLabel } from './labels.ts';
import { fitted, label, numberMark, type NumberMark } from './marks.ts';
import { dress, entitle, mood, type Part, type Stage, touchable } from './part.ts';

/** `wires` keeps the path of each output into the total, for the dots that travel on it. */
export function output(stage: Stage, box: OutputBox, neuron: NeuronBox, wires: Map<string, SVGPathElement>): Part {
  const wire = draw(stage.layers.lines, 'path', { d: box.wire, class: 'wire' });
  if (box.wire) wires.set(box.neuron, wire);
  const gap = gapMark(stage, box, neuron);
  const target = box.box ? targetBox(stage, box, box.box, neuron.form === 'out') : null;
  return {
    paint(frame) {
      put(wire, { class: classes('wire', wireLit(frame, box.neuron) ? 'is-now' : frame.faded(`error:${box.neuron}`) && 'is-faded') });
      gap(frame);
      target?.(frame);
    },
  };
}

/** The way of an output into the total is lit when both its ends are. */
const wireLit = (frame: Frame, neuron: string): boolean =>
  frame.now('total') && (frame.now(`gap:${neuron}`) || frame.now(`error:${neuron}`));

function gapMark(stage: Stage, box: OutputBox, neuron: NeuronBox): (frame: Frame) => void {
  const { gap } = box;
  const half = Math.min(6, gap.w / 2 - 4);
  const x = middleX(gap);
  const group = draw(stage.layers.boxes, 'g', { class: 'gap', 'data-action': `select:dE/dout_${box.neuron}`, 'data-lights': `dE/dout_${box.neuron}` });
  const cell = draw(group, 'rect', { x: gap.x + 2, y: gap.y, width: Math.max(0, gap.w - 4), height: gap.h, rx: 8, class: 'gap-cell' });
  draw(group, 'line', { x1: x, x2: x, y1: gap.y, y2: bottom(gap), class: 'axis' });
  const bar = draw(group, 'rect', { x: x - half, width: 2 * half, rx: 2, class: 'bar' });
  const said = draw(group, 'line', { x1: gap.x, x2: x + half + 2, class: 'level' });
  const wanted = draw(group, 'line', { x1: x - half - 2, x2: gap.x + gap.w, class: 'wanted' });
  const fact = numberMark(group, x, bottom(neuron.box) + 16, 'fact delta');
  const derivative = `dE/dout_${box.neuron}`;
  return (frame) => {
    const domain = frame.outputs[neuron.layer] ?? { low: 0, high: 1 };
    const at = (value: number): number => gap.y + gap.h * (1 - unit(value, domain));
    const [out, target] = [frame.value(`out_${box.neuron}`), frame.value(`t_${box.neuron}`)];
    const [answered, met] = [frame.timeline.progress(`out_${box.neuron}`) >= 1, ease(frame.timeline.progress(`E_${box.neuron}`))];
    put(group, { class: classes('gap', mood(frame, `gap:${box.neuron}`), keepsUp(frame, box.neuron)) });
    show(cell, frame.now(`gap:${box.neuron}`));
    show(said, answered && !Number.isNaN(out));
    show(wanted, !Number.isNaN(target));
    put(said, { y1: at(out), y2: at(out) });
    put(wanted, { y1: at(target), y2: at(target) });
    const reach = at(target) + (at(out) - at(target)) * met;
    show(bar, met > 0 && Number.isFinite(out));
    put(bar, { y: Math.min(reach, at(target)), height: Math.max(2, Math.abs(reach - at(target))) });
    paintFact(frame, fact, derivative);
  };
}

/** The gap stays readable while its output or target is lit. */
const keepsUp = (frame: Frame, neuron: string): string | false =>
  (frame.now(`out:${neuron}`) || frame.now(`error:${neuron}`)) && 'is-near';

function paintFact(frame: Frame, fact: NumberMark, name: string): void {
  const tagged = frame.tags.some((tag) => tag.name === name);
  if (frame.phase !== 'backward' || tagged || frame.timeline.progress(name) < 0.6 || (frame.layout.compact && frame.current !== name)) {
    fact.clear();
    return;
  }
  fact.paint(name, frame.value(name), signed(frame.value(name), frame.layout.compact ? 3 : frame.digits));
}

function targetBox(stage: Stage, box: OutputBox, area: Rect, compact: boolean): (frame: Frame) => void {
  const key = `E_${box.neuron}`;
  const group = touchable(stage.layers.boxes, 'target', key, key);
  const radius = Math.min(14, area.h / 2);
  draw(group, 'rect', { ...rect(area), rx: radius, class: 'backing' });
  const body = draw(group, 'g', { class: 'body' });
  const plate = draw(body, 'rect', { ...rect(area), rx: radius, class: 'plate' });
  const rows = rowsOf(stage, body, box.neuron, area, compact);
  return (frame) => {
    const places = [`target:${box.neuron}`, `error:${box.neuron}`, `gap:${box.neuron}`] as const;
    const lit = places.some((place) => frame.now(place));
    put(group, { class: classes('target', lit && 'is-now', places.every((place) => frame.faded(place)) && 'is-faded', frame.selected(places[1]) && 'is-selected', frame.hot(places[1]) && 'is-hot') });
    entitle(group, errorLabel(frame, box.neuron, stage.words));
    dress(plate, 'plate', frame, places[1]);
    rows(frame);
  };
}

interface Row { readonly name: string; readonly mark: NumberMark; readonly strong: boolean; readonly room: number }

/** Above the other where a half of the box has room for two lines, else side by side. */
const TWO_LINES = 35;
const ONE_LINE = 20;

/** The target in the upper half and its error in the lower one; of a low box only the target is left. */
function rowsOf(stage: Stage, body: Element, neuron: string, area: Rect, compact: boolean): (frame: Frame) => void {
  const words = stage.words.network;
  const half = area.h / 2;
  const tall = half >= (compact ? 40 : TWO_LINES);
  const rows: Row[] = [];
  if (half >= ONE_LINE) {
    rows.push(rowIn(body, { ...area, h: half }, `t_${neuron}`, tall ? words.target : 't', tall, true));
    draw(body, 'line', { x1: area.x, x2: area.x + area.w, y1: area.y + half, y2: area.y + half, class: 'divider' });
    rows.push(rowIn(body, { ...area, y: area.y + half, h: half }, `E_${neuron}`, tall ? `E_${neuron}` : 'E', tall, false));
  } else rows.push(rowIn(body, area, `t_${neuron}`, 't', false, true));
  return (frame) => {
    const size = frame.layout.font.value;
    for (const { name, mark, strong, room } of rows) {
      const value = frame.value(name);
      const progress = name.startsWith('t_') ? 1 : frame.timeline.progress(name);
      mark.paint(name, value, fitted(name, value, { size, room, bold: strong }, frame.digits));
      put(mark.element, { class: classes('number value', strong && 'strong', progress < 0.5 && 'is-pending') });
    }
  };
}

function rowIn(body: Element, area: Rect, name: string, caption: string, tall: boolean, strong: boolean): Row {
  if (!tall) {
    label(body, area.x + 6, middleY(area) + 4.5, caption, 'small', 'start');
    return { name, strong, room: area.w - 21, mark: numberMark(body, area.x + area.w - 6, middleY(area) + 4.5, 'value', 'end') };
  }
  label(body, middleX(area), middleY(area) - 4, caption);
  return { name, strong, room: area.w - 8, mark: numberMark(body, middleX(area), middleY(area) + 12.5, 'value') };
}
