/** Names that the actions read out of others. */
import type { Reading } from '../model/reading.ts';

/** The parameters that a step moves: every `w5+` among the calculations that are here, without its plus. */
export const slipNames = (calculations: Reading): readonly string[] =>
  calculations.known('update').filter(({ name }) => name.endsWith('+')).map(({ name }) => name.slice(0, -1));
