/** What a screen reader says of each thing in the drawing. */
import type { Words } from '../../i18n/index.ts';
import type { Frame } from '../../model/frame.ts';
import { overview, shown } from '../../model/numbers.ts';

/** Whom a parameter belongs to: a weight leads from `source` to its one target, a bias feeds its targets. */
export interface Ends { readonly name: string; readonly source: string | null; readonly targets: readonly string[] }

export function neuronLabel(frame: Frame, name: string, layer: number, words: Words): string {
  const say = words.network.label;
  const text = (key: string): string => shown(key, frame.value(key), frame.digits);
  if (frame.absent(layer === 0 ? name : `out_${name}`)) return name;
  if (layer === 0) return say.input(name, text(name));
  const base = say.neuron(name, text(`net_${name}`), text(`out_${name}`));
  const delta = `delta_${name}`;
  return frame.phase === 'backward' && frame.timeline.progress(delta) >= 1 ? `${base}, ${say.delta(text(delta))}` : base;
}

export function parameterLabel(frame: Frame, ends: Ends, words: Words): string {
  const say = words.network.label;
  const value = frame.value(ends.name);
  const text = shown(ends.name, value, frame.digits);
  const base = ends.source ? say.weight(ends.name, ends.source, ends.targets[0] ?? '', text) : say.bias(ends.name, ends.targets.join(', '), text);
  const move = frame.value(`${ends.name}+`) - value;
  if (!Number.isFinite(move) || move === 0) return base;
  const by = overview(Math.abs(move), 2);
  return `${base}, ${move < 0 ? say.falls(by) : say.rises(by)}`;
}

export function errorLabel(frame: Frame, neuron: string, words: Words): string {
  const text = (key: string): string => shown(key, frame.value(key), frame.digits);
  return words.network.label.error(neuron, text(`t_${neuron}`), text(`E_${neuron}`));
}
