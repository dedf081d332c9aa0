/** Below a capsule, in the backward phase only: delta under net, slope under f, dE/dout under out, each once it is computed. */
import { bottom, middleX, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox } from '../../model/layout.ts';
import { overview, signed } from '../../model/numbers.ts';
import { classes, draw, put } from '../../paint/svg.ts';
import { numberMark, type NumberMark } from './marks.ts';
import type { Part } from './part.ts';

interface Fact { readonly name: string; readonly kind: 'delta' | 'slope'; readonly mark: NumberMark; readonly text: (value: number, digits: number) => string }

const SIZE = 12;

export function factsMark(group: Element, neuron: NeuronBox): Part {
  const { name, cells, box } = neuron;
  const y = bottom(box) + SIZE + 4;
  const shared = draw(group, 'g', { class: 'facts' });
  const at = (cell: Rect | null, fallback: number): number => (cell && cell.h >= 40 ? middleX(cell) : fallback);
  const delta = (x: number, anchor: 'start' | 'middle'): Fact => ({
    name: `delta_${name}`, kind: 'delta', mark: numberMark(shared, x, y, 'fact', anchor), text: (value, digits) => `δ ${signed(value, digits)}`,
  });
  const facts: Fact[] = [cells.net || cells.f ? delta(box.x + 2, 'start') : delta(middleX(box), 'middle')];
  if (cells.f && cells.net) {
    facts.push({ name: `dout_${name}/dnet_${name}`, kind: 'slope', mark: numberMark(shared, at(cells.f, middleX(box)) + 4, y, 'fact'), text: (value, digits) => `×${overview(value, digits)}` });
  }
  if (cells.net && name.startsWith('h')) {
    facts.push({ name: `dE/dout_${name}`, kind: 'delta', mark: numberMark(shared, box.x + box.w - 1, y, 'fact', 'end'), text: signed });
  }
  return { paint: (frame) => { for (const fact of facts) paintFact(frame, fact, cells.net === null || cells.net.w < 59 ? 3 : frame.digits); } };
}

function paintFact(frame: Frame, fact: Fact, digits: number): void {
  const progress = frame.phase === 'backward' ? frame.timeline.progress(fact.name) : 0;
  if (progress < 0.6) {
    fact.mark.clear();
    return;
  }
  const value = frame.value(fact.name);
  fact.mark.paint(fact.name, value, fact.text(value, digits));
  put(fact.mark.element, { class: classes('number', 'fact', fact.kind, frame.current === fact.name && 'is-now') });
}
