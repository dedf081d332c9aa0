/** Names that the actions read out of others. */
import type { Calculation } from '../types/domain.ts';

/** The parameters that a step moves: every `w5+` among the calculations, without its plus. */
export const slipNames = (calculations: readonly Calculation[]): readonly string[] =>
  calculations.filter(({ phase, name }) => phase === 'update' && name.endsWith('+')).map(({ name }) => name.slice(0, -1));

/** The weight or bias that a name is about: dE/dw5, w5+ and w5 are all about w5. */
export function parameterOf(name: string | null | undefined): string | null {
  if (!name) return null;
  const bare = name.replace(/^dE\/d/, '').replace(/^dnet_[^/]+\/d/, '').replace(/\+$/, '');
  return /^(w\d+|b\d+|b_[a-z]\w*)$/.test(bare) ? bare : null;
}
