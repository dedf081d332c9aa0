/**
 * Below a capsule, in the backward phase only: delta under net, slope under f, dE/dout under out, each once it is computed.
 * Where the slopes are a matrix, no one of them stands under f: it would look as if delta were a product of the two.
 */
import { bottom, middleX } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox } from '../../model/layout.ts';
import { overview, signed } from '../../model/numbers.ts';
import { classes, draw, put } from '../../paint/svg.ts';
import { numberMark, type NumberMark } from './marks.ts';
import type { Part } from './part.ts';

interface Fact { readonly name: string; readonly kind: 'delta' | 'slope'; readonly mark: NumberMark; readonly text: (value: number, digits: number) => string }

const SIZE = 12;

export function factsMark(group: Element, neuron: NeuronBox, curved: boolean): Part {
  const y = bottom(neuron.box) + SIZE + 4;
  const marks = draw(group, 'g', { class: 'facts' });
  const make = (kind: Fact['kind'], name: string, x: number, anchor: 'start' | 'middle' | 'end', text: Fact['text']): Fact =>
    ({ name, kind, text, mark: numberMark(marks, x, y, 'fact', anchor) });
  const { name, cells, box } = neuron;
  const wide = cells.net !== null && cells.net.y === cells.out.y;
  const [delta, slope, arrived] = [`delta_${name}`, `dout_${name}/dnet_${name}`, `dE/dout_${name}`];
  if (!wide) return oneAtATime(neuron, numberMark(marks, middleX(box), y, 'fact'), [delta, ...(curved ? [slope] : []), arrived]);
  const facts = [
    make('delta', delta, box.x + 2, 'start', deltaText),
    ...(curved ? [make('slope', slope, middleX(cells.f ?? box) + 4, 'middle', slopeText)] : []),
    // An output's own dE/dout stands below its gap.
    ...(name.startsWith('h') ? [make('delta', arrived, box.x + box.w - 1, 'end', signed)] : []),
  ];
  return { paint: (frame) => { for (const fact of facts) paintFact(frame, fact, known(frame, fact.name)); } };
}

const deltaText: Fact['text'] = (value, digits) => `δ ${signed(value, digits)}`;
const slopeText: Fact['text'] = (value, digits) => `×${overview(value, digits)}`;

/** Where there is room for one number only: the one being explained, else the last that was computed. */
function oneAtATime(neuron: NeuronBox, mark: NumberMark, names: readonly string[]): Part {
  return {
    paint(frame) {
      const shown = cramped(neuron, frame) ? [] : names.filter((one) => known(frame, one));
      const name = shown.find((one) => one === frame.current) ?? (frame.layout.compact ? undefined : shown[0]);
      const kind = name?.startsWith('dout') ? 'slope' : 'delta';
      const text = name?.startsWith('delta_') ? deltaText : kind === 'slope' ? slopeText : signed;
      paintFact(frame, { name: name ?? '', kind, text, mark }, name !== undefined);
    },
  };
}

/** Whether the next neuron begins where a fact would stand. */
const LOW = 44;
const cramped = ({ form, box }: NeuronBox, frame: Frame): boolean => !frame.layout.compact && (form === 'line' || (form === 'out' && box.h <= LOW));

/** A number that hangs above as a factor's tag is not written below once more. */
const known = (frame: Frame, name: string): boolean =>
  frame.phase === 'backward' && frame.timeline.progress(name) >= 0.6 && !frame.tags.some((tag) => tag.name === name);

function paintFact(frame: Frame, fact: Fact, visible: boolean): void {
  if (!visible) {
    fact.mark.clear();
    return;
  }
  const value = frame.value(fact.name);
  fact.mark.paint(fact.name, value, fact.text(value, frame.digits));
  put(fact.mark.element, { class: classes('number', 'fact', fact.kind, frame.current === fact.name && 'is-now') });
}
