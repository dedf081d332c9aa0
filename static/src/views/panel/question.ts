/** One question, the one that this very step raises: about what moved furthest, in the worked example about w5 and w7. */
import type { Result, State } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h } from '../dom.ts';
import { changes } from './result.ts';
import { isWorkedExample } from './story.ts';

/** It jumps to the card that answers it; null when no weight moved. */
export function question(state: State, result: Result): HTMLElement | null {
  const say = words(state.lang).result;
  const rows = changes(state, result).filter(({ name }) => name.startsWith('w'));
  const down = rows.filter(({ before, after }) => after < before).map(({ name }) => name);
  const up = rows.filter(({ before, after }) => after > before).map(({ name }) => name);
  const famous = state.network !== null && isWorkedExample(state.network.spec);
  const [falls, rises] = famous ? [preferred(down, 'w5'), preferred(up, 'w7')] : [down[0], up[0]];
  const text = falls && rises ? say.whyFallRise(falls, rises) : falls ? say.whyFall(falls) : rises ? say.whyRise(rises) : null;
  return text ? h('button', { type: 'button', class: 'glow', 'data-action': 'ask-why', 'data-about': falls ?? rises }, text) : null;
}

const preferred = (names: readonly string[], favourite: string): string | undefined => (names.includes(favourite) ? favourite : names[0]);
