/** Which of its faces the panel shows. */
import type { State } from '../../types/state.ts';

/** `empty` while there is no network yet, `bare` when it has no data to learn from. */
export type Mode = 'empty' | 'bare' | 'training' | 'result' | 'start' | 'now' | 'chain' | 'check';

export function mode(state: State): Mode {
  if (!state.network) return 'empty';
  if (!state.network.spec.data) return 'bare';
  if (state.training) return 'training';
  if (state.result) return 'result';
  if (state.tab !== 'now') return state.tab;
  return atRest(state) ? 'start' : 'now';
}

/** The first sight: step 0, nothing looked at yet. */
const atRest = ({ cursor, fresh, selection, grain }: State): boolean => cursor.step === 0 && fresh && !selection && grain === 'calculation';
