/** Without data nothing can be computed, but the parameters are there: a moment that holds them and nothing else. */
import type { NetworkDoc } from '../types/domain.ts';
import { momentFrom, type Moment } from './moment.ts';
import { edgeAt, structureOf } from './structure.ts';

export function bareMoment({ spec, parameters, step }: NetworkDoc): Moment {
  const structure = structureOf(spec);
  const weights = (parameters.weights ?? []).flatMap((matrix, below) =>
    matrix.flatMap((row, to) => row.map((value, from): [string, number] => [edgeAt(structure, below + 1, to, from).name, value])));
  const biases = structure.biases.flatMap((layer, place) =>
    layer.flatMap(({ name }, to): [string, number][] => {
      const value = parameters.biases?.[place - 1]?.[to];
      return value === undefined ? [] : [[name, value]];
    }));
  return momentFrom(step, new Map([...weights, ...biases]));
}
