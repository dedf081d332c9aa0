/** Is this the famous example? */
import type { Spec } from '../../types/domain.ts';

const FAMOUS = JSON.stringify([[[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]], [[0.05, 0.1]], [[0.01, 0.99]], 0.5]);

/** The story of 0.291027924 belongs to the worked example's own numbers and to no other network. */
export function isWorkedExample(spec: Spec): boolean {
  const numbers = [spec.parameters?.weights, spec.data?.inputs, spec.data?.targets, spec.optimizer.learning_rate];
  return JSON.stringify(numbers) === FAMOUS && spec.update_order === 'simultaneous' && !spec.bias.trainable
    && spec.layers.slice(1).every((layer) => layer.activation === 'sigmoid');
}
