/** The factors of the chain, numbered from cause to effect, on one line above the places that hold them. */
import { middleX, textWidth, type Rect } from '../../model/boxes.ts';
import type { FactorTag } from '../../model/frame.ts';
import type { NetLayout } from '../../model/layout.ts';
import type { Place } from '../../model/places.ts';
import { classes, draw } from '../../paint/svg.ts';
import { full } from './marks.ts';
import type { Part, Stage } from './part.ts';

const HEIGHT = 26;
const ABOVE = 40;
const NEAR = 23;
const BETWEEN = 6;
const SIZE = 14;

interface Anchor { readonly x: number; readonly top: number; readonly line: number }
interface Placed { readonly tag: FactorTag; readonly anchor: Anchor; readonly width: number; x: number; y: number }

export function tags(stage: Stage, layout: NetLayout): Part {
  let drawn = '';
  return {
    paint(frame) {
      const key = frame.tags.map((tag) => `${tag.name} ${tag.shown}`).join('|');
      if (key === drawn) return;
      drawn = key;
      stage.layers.tags.replaceChildren();
      for (const placed of arrange(frame.tags, layout)) drawTag(stage.layers.tags, placed, layout.compact);
    },
  };
}

function arrange(all: readonly FactorTag[], layout: NetLayout): Placed[] {
  const ceiling = layout.titles.length > 0 ? 38 : 16;
  const placed = all.flatMap((tag): Placed[] => {
    const anchor = anchorOf(tag.place, layout);
    if (!anchor) return [];
    return [{ tag, anchor, width: textWidth(`×${tag.shown}`, SIZE, true) + (layout.compact ? 18 : 40), x: anchor.x, y: Math.max(ceiling, anchor.line - ABOVE) }];
  });
  const level = [...placed].sort((one, other) => one.x - other.x);
  for (const [index, tag] of level.entries()) pushRight(tag, level.slice(0, index));
  for (const [index, tag] of [...level].reverse().entries()) pullLeft(tag, level.slice(level.length - index), layout.width);
  return placed;
}

const sameLine = (one: Placed, other: Placed): boolean => Math.abs(one.y - other.y) < HEIGHT + 2;

function pushRight(tag: Placed, before: readonly Placed[]): void {
  tag.x = Math.max(tag.x, tag.width / 2 + 2);
  for (const other of before) if (sameLine(tag, other)) tag.x = Math.max(tag.x, other.x + (other.width + tag.width) / 2 + BETWEEN);
}

function pullLeft(tag: Placed, after: readonly Placed[], width: number): void {
  tag.x = Math.min(tag.x, width - tag.width / 2 - 2);
  for (const other of after) if (sameLine(tag, other)) tag.x = Math.min(tag.x, other.x - (other.width + tag.width) / 2 - BETWEEN);
}

/** Where a factor's stem ends, and the top of the row that its tag stands above. */
function anchorOf(place: Place, layout: NetLayout): Anchor | null {
  const [kind, name = ''] = place.split(':', 2);
  if (kind === 'edge') {
    const edge = layout.edges.find((one) => one.name === name);
    if (!edge) return null;
    const level = layout.neurons.find((one) => one.name === edge.target && Math.abs(edge.pill.y + edge.pill.h / 2 - edge.y2) < one.box.h / 2);
    // On a rising or falling edge the tag stands close above its pill and between the columns.
    return level ? { ...over(edge.pill), line: level.box.y } : { x: (edge.x1 + edge.x2) / 2, top: edge.pill.y, line: edge.pill.y + ABOVE - NEAR };
  }
  if (kind === 'bias') return anchored(layout.biases.find((one) => one.name === name)?.pill);
  if (kind === 'gap') return anchored(layout.outputs.find((one) => one.neuron === name)?.gap);
  const neuron = layout.neurons.find((one) => one.name === name);
  if (!neuron) return null;
  const cell = kind === 'f' ? neuron.cells.f : kind === 'net' ? neuron.cells.net : neuron.cells.out;
  return { ...over(cell ?? neuron.box), line: neuron.box.y };
}

const over = (box: Rect): { x: number; top: number } => ({ x: middleX(box), top: box.y });
const anchored = (box: Rect | undefined): Anchor | null => (box ? { ...over(box), line: box.y } : null);

function drawTag(parent: Element, { tag, anchor, width, x, y }: Placed, compact: boolean): void {
  const group = draw(parent, 'g', { class: classes('tag', `role-${tag.role}`), 'data-action': `select:${tag.name}` });
  draw(group, 'path', { d: `M${x} ${y + HEIGHT / 2}L${anchor.x} ${anchor.top}`, class: 'stem' });
  draw(group, 'rect', { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT, rx: HEIGHT / 2, class: 'tag-plate' });
  if (!compact) {
    draw(group, 'circle', { cx: x - width / 2 + HEIGHT / 2, cy: y, r: 9, class: 'tag-disc' });
    draw(group, 'text', { x: x - width / 2 + HEIGHT / 2, y: y + 4.5, 'text-anchor': 'middle', class: 'tag-number' }, String(tag.number));
  }
  const text = `×${tag.shown}`;
  draw(group, 'text', { x: compact ? x : x + 10, y: y + 5, 'text-anchor': 'middle', class: 'number tag-text', 'data-name': tag.name, 'data-value': full(tag.value) }, text);
}

