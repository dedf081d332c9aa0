/** Which of its faces the panel shows. */
import type { State } from '../../types/state.ts';

export type Mode = 'training' | 'result' | 'start' | 'now' | 'chain' | 'check';

export function mode(state: State): Mode {
  if (state.training) return 'training';
  if (state.result) return 'result';
  if (state.tab !== 'now') return state.tab;
  return atRest(state) ? 'start' : 'now';
}

/** The first sight: step 0, nothing looked at yet. */
const atRest = ({ cursor, fresh, selection, grain }: State): boolean => cursor.step === 0 && fresh && !selection && grain === 'calculation';
