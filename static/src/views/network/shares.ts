/** In place of a curve, where an activation shares 1 out: the neuron's own share below, those of the others on top of it. */
import { middleX, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox } from '../../model/layout.ts';
import { ease } from '../../model/motion.ts';
import { unit } from '../../model/scales.ts';
import { draw, put, show } from '../../paint/svg.ts';
import type { Paint } from './cells.ts';
import { label } from './marks.ts';

const FORMULA = 'e^net / Σ';
/** Narrower or lower than this there is no room for the formula. */
const ROOM = { w: 56, h: 44 };

export function sharesMark(parent: Element, cell: Rect, neuron: NeuronBox): Paint {
  const own = draw(parent, 'rect', { x: cell.x, width: cell.w, class: 'fill' });
  const borders = draw(parent, 'path', { class: 'borders' });
  const level = draw(parent, 'line', { x1: cell.x, x2: cell.x + cell.w, class: 'level' });
  const formula = cell.w >= ROOM.w && cell.h >= ROOM.h ? label(parent, middleX(cell), 0, FORMULA, 'scale') : null;
  return (frame) => {
    const out = frame.value(`out_${neuron.name}`);
    const progress = frame.timeline.progress(`out_${neuron.name}`);
    const known = progress > 0 && Number.isFinite(out);
    for (const element of [own, borders, level]) show(element, known);
    const y = (share: number): number => cell.y + cell.h * (1 - unit(share, UNIT));
    const top = y(known ? out * ease(progress) : 0);
    put(own, { y: top, height: cell.y + cell.h - top });
    put(level, { y1: top, y2: top });
    put(borders, { d: progress < 1 ? null : stacked(out, others(frame, neuron)).map((share) => `M${cell.x} ${y(share)}h${cell.w}`).join('') });
    if (formula) put(formula, { y: out > 0.5 ? cell.y + cell.h - 8 : cell.y + 18 });
  };
}

const UNIT = { low: 0, high: 1 };

const others = (frame: Frame, neuron: NeuronBox): number[] =>
  (frame.structure.neurons[neuron.layer] ?? []).filter((name) => name !== neuron.name).map((name) => frame.value(`out_${name}`));

/** Where one share ends and the next begins, the last end at 1 left out. */
function stacked(own: number, shares: readonly number[]): number[] {
  let sum = own;
  return shares.slice(0, -1).map((share) => (sum += share)).filter(Number.isFinite);
}
