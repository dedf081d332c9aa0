/** All parts of one layout. Built when the layout changes, painted from one frame after another. */
import type { Words } from '../../i18n/index.ts';
import type { Frame } from '../../model/frame.ts';
import type { BiasBox, EdgeLine, NetLayout } from '../../model/layout.ts';
import type { Structure } from '../../model/structure.ts';
import { classes, put } from '../../paint/svg.ts';
import { capsule } from './capsule.ts';
import { dot } from './dot.ts';
import { edge, strand } from './edge.ts';
import { flows } from './flows.ts';
import { label } from './marks.ts';
import { output } from './outputs.ts';
import { parameter } from './parameter.ts';
import { layersOf, type Part, type Stage } from './part.ts';
import { tags } from './tags.ts';
import { total } from './total.ts';

export function scene(svg: SVGSVGElement, structure: Structure, layout: NetLayout, words: Words): Part {
  svg.replaceChildren();
  put(svg, { width: layout.width, height: layout.height, viewBox: `0 0 ${layout.width} ${layout.height}`, class: classes('net', layout.compact && 'compact', sizeClass(layout)) });
  const stage: Stage = { layers: layersOf(svg), words };
  titles(stage, structure, layout);
  const wires = new Map<string, SVGPathElement>();
  const parts: Part[] = [
    ...layout.edges.map((line) => edge(stage, line, layout.compact ? 6 : widest(layout))),
    ...layout.biases.flatMap((bias) => biasStrands(stage, bias)),
    ...layout.neurons.map((neuron) => (neuron.form === 'dot' ? dot : capsule)(stage, neuron, structure.activations[neuron.layer] ?? 'linear')),
    ...layout.outputs.flatMap((box) => {
      const neuron = layout.neurons.find((one) => one.name === box.neuron);
      return neuron ? [output(stage, box, neuron, wires)] : [];
    }),
    ...layout.biases.map((bias) => biasPill(stage, bias, structure)),
    ...layout.edges.filter((line) => !sketchy(layout, line)).map((line) => edgePill(stage, line)),
    ...(layout.total ? [total(stage, layout.total)] : []),
    tags(stage, layout), flows(stage, layout, wires),
  ];
  return { paint: (frame: Frame) => { for (const part of parts) part.paint(frame); } };
}

const sizeClass = (layout: NetLayout): string => `value-${layout.font.value}`;

/** Many edges at one neuron would only make a wedge of colour. */
const widest = (layout: NetLayout): number => (layout.edges.length > 100 ? 4 : layout.edges.length > 30 ? 6 : 9);

/** Between discs there is no room for a pill, and nobody could tell whose it is. */
const sketchy = (layout: NetLayout, line: EdgeLine): boolean => layout.edges.length > 120 && line.crowded;

function titles(stage: Stage, structure: Structure, layout: NetLayout): void {
  const say = stage.words.network;
  for (const title of layout.titles) {
    const text = title.key === 'hidden' ? say.hidden(title.layer, structure.sizes.length - 2) : say.columns[title.key];
    label(stage.layers.lines, title.x, title.y, text, 'title');
  }
  for (const elision of layout.elisions) label(stage.layers.boxes, elision.x, elision.y + 4, say.more(elision.count), 'small elision');
}

function biasStrands(stage: Stage, bias: BiasBox): Part[] {
  return bias.lines.map((line) => strand(stage, line, { name: bias.name, layer: bias.layer, place: `bias:${bias.name}`, thin: 7 }));
}

function biasPill(stage: Stage, bias: BiasBox, structure: Structure): Part {
  const { pill } = bias;
  const slip = bias.shared ? { ...pill, x: pill.x - 2, y: pill.y + pill.h - 2, w: pill.w + 10 } : { ...pill, x: pill.x - 2, y: pill.y - pill.h + 2, w: pill.w + 8 };
  if (bias.shared && bias.targets.length === 2 && !structure.trainableBias) {
    label(stage.layers.lines, pill.x + pill.w + 8, pill.y + pill.h / 2 + 4.5, stage.words.network.sharedFixed, 'small note', 'start');
  }
  return parameter(stage, { name: bias.name, layer: bias.layer, source: null, targets: bias.targets, pill, slip, crowded: false, round: true, trained: structure.trainableBias });
}

function edgePill(stage: Stage, line: EdgeLine): Part {
  return parameter(stage, {
    name: line.name, layer: line.layer, source: line.source, targets: [line.target],
    pill: line.pill, slip: line.slip, crowded: line.crowded, round: false, trained: true,
  });
}
