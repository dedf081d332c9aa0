/** Names that the actions read out of others. */
import type { Calculation } from '../types/domain.ts';

/** The parameters that a step moves: every `w5+` among the calculations, without its plus. */
export const slipNames = (calculations: readonly Calculation[]): readonly string[] =>
  calculations.filter(({ phase, name }) => phase === 'update' && name.endsWith('+')).map(({ name }) => name.slice(0, -1));
