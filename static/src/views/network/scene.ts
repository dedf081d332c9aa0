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
import { dress, layersOf, type Part, type Stage } from './part.ts';
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
    ...(layout.total ? [total(stage, layout.total, layout.outputs.length > 1)] : []),
    tags(stage, layout), flows(stage, layout, wires),
  ];
  return { paint: (frame: Frame) => { for (const part of parts) part.paint(frame); } };
}

const sizeClass = (layout: NetLayout): string => `value-${layout.font.value}`;

/** Many edges at one neuron would only make a wedge of colour. */
function widest(layout: NetLayout): number {
  const edges = layout.edges.length;
  if (edges > 100) return 3.5;
  if (edges > 24) return 5;
  return edges > 12 ? 7 : 9;
}

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
  const wide = Math.max(pill.w + 10, 90);
  const x = bias.shared ? pill.x - 4 : pill.x + pill.w + 4 - wide;
  const slip = { ...pill, x, w: wide, y: bias.shared ? pill.y + pill.h - 2 : pill.y - pill.h + 2 };
  const roomy = bias.shared && bias.noted && !structure.trainableBias;
  const note = roomy ? label(stage.layers.lines, pill.x + pill.w + 8, pill.y + pill.h / 2 + 4.5, stage.words.network.sharedFixed, 'small note', 'start') : null;
  const part = parameter(stage, { name: bias.name, layer: bias.layer, source: null, targets: bias.targets, pill, wide: pill, slip, crowded: false, round: true, trained: structure.trainableBias, ...shortCaption(bias) });
  return {
    paint(frame) {
      part.paint(frame);
      if (note) dress(note, 'small note', frame, `bias:${bias.name}`);
    },
  };
}

/** Above a narrow capsule there is no room for b_h2_3 and its value; that it belongs to h2_3 is plain to see. */
const shortCaption = (bias: BiasBox): { caption?: string } => (!bias.shared && bias.pill.w < 92 ? { caption: 'b' } : {});

function edgePill(stage: Stage, line: EdgeLine): Part {
  return parameter(stage, {
    name: line.name, layer: line.layer, source: line.source, targets: [line.target],
    pill: line.pill, wide: line.wide, slip: line.slip, crowded: line.crowded, round: false, trained: true,
  });
}
