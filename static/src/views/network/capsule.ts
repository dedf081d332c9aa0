/** A neuron: net | f | out on one vertical scale, its name above, and in the backward phase its delta and slope below. */
import { curveOf } from '../../model/activations.ts';
import { bottom, type Rect } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NeuronBox } from '../../model/layout.ts';
import type { Place } from '../../model/places.ts';
import { classes, draw, put } from '../../paint/svg.ts';
import { fCell, netCell, outCell, rect } from './cells.ts';
import { factsMark } from './facts.ts';
import { neuronLabel } from './labels.ts';
import { label } from './marks.ts';
import { changed, dress, entitle, touchable, type Part, type Stage } from './part.ts';

const RADIUS = 14;

export function capsule(stage: Stage, neuron: NeuronBox, activation: string): Part {
  const group = touchable(stage.layers.boxes, 'neuron', neuron.name, selectOf(neuron.name));
  const radius = Math.min(RADIUS, neuron.box.h / 2);
  draw(group, 'rect', { ...rect(neuron.box), rx: radius, class: 'backing' });
  const body = draw(group, 'g', { class: 'body' });
  const inside = clipped(body, neuron, radius);
  const input = neuron.layer === 0;
  const out = outCell(stage, inside, neuron, activation);
  const net = neuron.cells.net ? netCell(stage, inside, neuron, neuron.cells.net) : null;
  const f = neuron.cells.f ? fCell(inside, neuron, neuron.cells.f, activation) : null;
  divide(inside, neuron);
  draw(body, 'rect', { ...rect(neuron.box), rx: radius, class: 'outline' });
  const rings = ringsOf(group, neuron, radius);
  if (neuron.label) label(body, neuron.label.x, neuron.label.y, neuron.name, 'name', neuron.label.anchor);
  const facts = input ? null : factsMark(group, neuron, curveOf(activation) !== null);
  const places = placesOf(neuron);
  const differs = changed();
  return {
    paint(frame) {
      const lit = places.some((place) => frame.now(place));
      put(group, {
        class: classes('neuron', input && 'input', places.every((place) => frame.faded(place)) && 'is-faded', lit && 'is-part',
          places.some((place) => frame.hot(place)) && 'is-hot', places.some((place) => frame.selected(place)) && 'is-selected'),
        'data-action': `select:${selectNow(frame, neuron)}`,
      });
      if (differs(frame.moment, frame.phase, frame.timeline.progress(`delta_${neuron.name}`) >= 1)) entitle(group, neuronLabel(frame, neuron.name, neuron.layer, stage.words));
      out(frame);
      net?.(frame);
      f?.(frame);
      for (const ring of rings) dress(ring.element, `ring ${ring.kind}`, frame, ring.place);
      facts?.paint(frame);
    },
  };
}

export const selectOf = (name: string): string => (name.startsWith('i') ? name : `out_${name}`);

/** What Enter on a neuron explains: what this phase makes of it. */
export function selectNow(frame: Frame, neuron: NeuronBox): string {
  if (neuron.layer === 0) return neuron.name;
  return frame.phase === 'backward' ? `delta_${neuron.name}` : `out_${neuron.name}`;
}

export function placesOf(neuron: NeuronBox): readonly Place[] {
  if (neuron.layer === 0) return [`input:${neuron.name}`];
  return [`net:${neuron.name}`, `f:${neuron.name}`, `out:${neuron.name}`];
}

function clipped(body: Element, neuron: NeuronBox, radius: number): SVGGElement {
  const id = `clip-${neuron.name}`;
  draw(draw(body, 'clipPath', { id }), 'rect', { ...rect(neuron.box), rx: radius });
  return draw(body, 'g', { 'clip-path': `url(#${id})` });
}

function divide(inside: Element, neuron: NeuronBox): void {
  const { net, f, out } = neuron.cells;
  if (f) draw(inside, 'line', { x1: out.x, x2: out.x, y1: out.y, y2: bottom(out), class: 'divider' });
  if (net && net.y === out.y) draw(inside, 'line', { x1: net.x + net.w, x2: net.x + net.w, y1: net.y, y2: bottom(net), class: 'divider' });
  if (net && net.y > out.y) draw(inside, 'line', { x1: net.x, x2: net.x + net.w, y1: net.y, y2: net.y, class: 'divider' });
}

interface Ring { readonly element: SVGRectElement; readonly place: Place; readonly kind: string }

/** Around each cell, shown while the cell is lit; they also take the taps of their cell. */
function ringsOf(group: Element, neuron: NeuronBox, radius: number): Ring[] {
  if (neuron.layer === 0) return [ring(group, 'out', neuron.box, `input:${neuron.name}`, neuron.name, radius)];
  const { net, f, out } = neuron.cells;
  const alone = !net && !f;
  return [
    ...(net ? [ring(group, 'net', net, `net:${neuron.name}`, `net_${neuron.name}`, 9)] : []),
    ...(f ? [ring(group, 'f', f, `f:${neuron.name}`, `dout_${neuron.name}/dnet_${neuron.name}`, 9)] : []),
    ring(group, 'out', out, `out:${neuron.name}`, `out_${neuron.name}`, alone ? radius - 1 : 9),
  ];
}

function ring(group: Element, kind: string, cell: Rect, place: Place, select: string, radius: number): Ring {
  const inner: Rect = { x: cell.x + 1, y: cell.y + 1, w: cell.w - 2, h: cell.h - 2 };
  return { kind, place, element: draw(group, 'rect', { ...rect(inner), rx: radius, class: `ring ${kind}`, 'data-action': `select:${select}`, 'data-lights': select }) };
}
