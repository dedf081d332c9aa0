/** All errors in one number, with a bar that says how much of it each output brings. */
import { middleX, middleY, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { TotalBox } from '../../model/layout.ts';
import { shown } from '../../model/numbers.ts';
import { lastLayer } from '../../model/structure.ts';
import { classes, draw, put, show, write } from '../../paint/svg.ts';
import { rect } from './cells.ts';
import { fits, fitted, label, numberMark, sizeFor } from './marks.ts';
import { entitle, mood, type Part, type Stage, touchable } from './part.ts';

const NAME = 'E_total';

export function total(stage: Stage, at: TotalBox, several: boolean): Part {
  const group = touchable(stage.layers.pills, 'total', NAME, NAME);
  const radius = at.slim ? 8 : 14;
  draw(group, 'rect', { ...rect(at.box), rx: radius, class: 'backing' });
  const body = draw(group, 'g', { class: 'body' });
  draw(body, 'rect', { ...rect(at.box), rx: radius, class: 'plate' });
  const sizes = at.slim ? [14, 13, 12] : [18, 14, 13, 12];
  const number = at.slim ? slimNumber(body, at.box) : tallNumber(body, at.box, several);
  const share = at.slim || at.box.h < 96 || !several ? null : shareMark(stage, body, at.box);
  return {
    paint(frame) {
      const value = frame.value(NAME);
      const progress = frame.timeline.progress(NAME);
      put(group, { class: classes('total', mood(frame, 'total')) });
      entitle(group, `${NAME} ${shown(NAME, value, frame.digits)}`);
      const space = { room: number.room, bold: true };
      const size = fits(shown(NAME, value, frame.digits), { ...space, size: sizes[0] ?? 14 }) ? sizes[0] ?? 14 : sizeFor(NAME, value, sizes.slice(1), space);
      number.mark.paint(NAME, value, fitted(NAME, value, { ...space, size }, frame.digits));
      put(number.mark.element, { class: classes('number value strong', `size-${size}`, progress < 0.5 && 'is-pending') });
      share?.(frame);
    },
  };
}

function slimNumber(body: Element, box: Rect) {
  label(body, box.x + 7, middleY(box) + 4.5, 'E', 'small', 'start');
  return { mark: numberMark(body, box.x + box.w - 5, middleY(box) + 4.5, 'value strong', 'end'), room: box.w - 23 };
}

function tallNumber(body: Element, box: Rect, several: boolean) {
  const top = box.h < 96 || !several ? middleY(box) - 6 : box.y + 24;
  label(body, middleX(box), top, NAME, 'small');
  return { mark: numberMark(body, middleX(box), top + 24, 'value strong large'), room: box.w - 6 };
}

function shareMark(stage: Stage, body: Element, box: Rect): (frame: Frame) => void {
  const width = box.w - 20;
  const y = box.y + box.h - 36;
  const first = draw(body, 'rect', { x: box.x + 10, y, height: 7, rx: 2, class: 'share' });
  const rest = draw(body, 'rect', { y, height: 7, rx: 2, class: 'share rest' });
  const note = label(body, middleX(box), box.y + box.h - 12, '');
  return (frame) => {
    const outputs = frame.structure.neurons[lastLayer(frame.structure)] ?? [];
    const errors = outputs.map((output) => frame.value(`E_${output}`));
    const sum = errors.reduce((total, error) => total + error, 0);
    const largest = errors.indexOf(Math.max(...errors));
    const part = (errors[largest] ?? NaN) / sum;
    const visible = outputs.length > 1 && Number.isFinite(part) && frame.timeline.progress(NAME) >= 0.5;
    for (const element of [first, rest, note]) show(element, visible);
    if (!visible) return;
    put(first, { width: width * part });
    put(rest, { x: box.x + 11 + width * part, width: Math.max(2, width * (1 - part) - 1) });
    write(note, stage.words.network.share(Math.round(part * 100), outputs[largest] ?? ''));
  };
}
