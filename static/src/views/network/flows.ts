/** The dots that travel while something is computed; see `model/motion.ts` for where they are. */
import { middleY } from '../../model/boxes.ts';
import type { Frame } from '../../model/frame.ts';
import type { NetLayout } from '../../model/layout.ts';
import { flowsOf, mix, type Flow, type Route } from '../../model/motion.ts';
import { classes, draw, put, show } from '../../paint/svg.ts';
import type { Part, Stage } from './part.ts';

/** A whole phase may move many quantities at once; more dots than this are only noise. */
const MOST = 80;

export function flows(stage: Stage, layout: NetLayout, wires: ReadonlyMap<string, SVGPathElement>): Part {
  const pool: SVGCircleElement[] = [];
  return {
    paint(frame) {
      const dots = flowsNow(frame);
      while (pool.length < dots.length) pool.push(draw(stage.layers.dots, 'circle', { r: 0 }));
      for (const [index, dot] of pool.entries()) paintDot(dot, dots[index], layout, wires);
    },
  };
}

function flowsNow(frame: Frame): Flow[] {
  const { moment, timeline, structure } = frame;
  if (!moment) return [];
  return timeline.moving.flatMap((name) => flowsOf(name, timeline.progress(name), structure, moment)).slice(0, MOST);
}

function paintDot(dot: SVGCircleElement, flow: Flow | undefined, layout: NetLayout, wires: ReadonlyMap<string, SVGPathElement>): void {
  const at = flow && positionOf(flow.route, flow.u, layout, wires);
  show(dot, Boolean(at));
  if (!flow || !at) return;
  put(dot, { cx: at.x, cy: at.y, r: 3.5 + 5 * Math.sqrt(flow.size), class: classes('dot-flow', flow.tone, flow.negative && 'negative') });
}

interface Point { readonly x: number; readonly y: number }

function positionOf(route: Route, u: number, layout: NetLayout, wires: ReadonlyMap<string, SVGPathElement>): Point | null {
  switch (route.kind) {
    case 'edge': return along(layout.edges[layout.edgePlaces.get(route.name) ?? -1], u);
    case 'bias': return along(layout.biases.find((bias) => bias.name === route.name)?.lines.find((line) => line.neuron === route.neuron), u);
    case 'cells': return throughCells(route.neuron, u, layout);
    case 'error': return onWire(wires.get(route.neuron), u);
  }
}

function along(line: { x1: number; y1: number; x2: number; y2: number } | undefined, u: number): Point | null {
  return line ? { x: mix(line.x1, line.x2, u), y: mix(line.y1, line.y2, u) } : null;
}

function throughCells(name: string, u: number, layout: NetLayout): Point | null {
  const neuron = layout.neurons.find((one) => one.name === name);
  return neuron ? { x: mix(neuron.box.x, neuron.box.x + neuron.box.w, u), y: middleY(neuron.box) } : null;
}

function onWire(wire: SVGPathElement | undefined, u: number): Point | null {
  if (!wire) return null;
  const { x, y } = wire.getPointAtLength(wire.getTotalLength() * u);
  return { x, y };
}
