/** A neuron too small for a number: a disc that fills up with its output. Its numbers are a tap away. */
import { middleX, middleY } from '../../model/boxes.ts';
import type { NeuronBox } from '../../model/layout.ts';
import { isFill, unit } from '../../model/scales.ts';
import { classes, draw, put } from '../../paint/svg.ts';
import { placesOf, selectNow, selectOf } from './capsule.ts';
import { neuronLabel } from './labels.ts';
import { full } from './marks.ts';
import { changed, entitle, touchable, type Part, type Stage } from './part.ts';

export function dot(stage: Stage, neuron: NeuronBox, activation: string): Part {
  const group = touchable(stage.layers.boxes, 'neuron dot', neuron.name, selectOf(neuron.name));
  const radius = Math.min(neuron.box.w, neuron.box.h) / 2;
  const at = { cx: middleX(neuron.box), cy: middleY(neuron.box) };
  draw(group, 'circle', { ...at, r: radius, class: 'backing' });
  const disc = draw(group, 'circle', { ...at, r: radius, class: 'disc' });
  draw(group, 'circle', { ...at, r: radius, class: 'outline' });
  draw(group, 'circle', { ...at, r: Math.max(radius, 22), class: 'reach' });
  const places = placesOf(neuron);
  const name = neuron.layer === 0 ? neuron.name : `out_${neuron.name}`;
  const differs = changed();
  return {
    paint(frame) {
      const value = frame.value(name);
      const domain = frame.outputs[neuron.layer] ?? { low: 0, high: 1 };
      const strength = isFill(activation) ? unit(value, domain) : Math.abs(value) / domain.high;
      put(disc, { opacity: Number.isNaN(strength) ? 0 : Math.min(1, strength), class: classes('disc', value < 0 && 'negative') });
      put(group, {
        class: classes('neuron dot', places.every((place) => frame.faded(place)) && 'is-faded', places.some((place) => frame.now(place)) && 'is-now',
          places.some((place) => frame.hot(place)) && 'is-hot', places.some((place) => frame.selected(place)) && 'is-selected'),
        'data-action': `select:${selectNow(frame, neuron)}`,
        'data-name': frame.absent(name) ? null : name, 'data-value': frame.absent(name) ? null : full(value),
      });
      if (differs(frame.moment, frame.phase, frame.timeline.progress(`delta_${neuron.name}`) >= 1)) entitle(group, neuronLabel(frame, neuron.name, neuron.layer, stage.words));
    },
  };
}
