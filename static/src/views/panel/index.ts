/** The panel "what happens now": fixed sections in reading order; each shows itself when it has something to say. */
import type { Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, watch } from '../dom.ts';
import { mountAlarms } from './alarms.ts';
import { mountBare } from './bare.ts';
import { mountChain } from './chain.ts';
import { mountCheck } from './check.ts';
import { mountFoot } from './foot.ts';
import { mountFormula } from './formula.ts';
import { mountHead } from './head.ts';
import { mountLens } from './lens.ts';
import { mountMatrix } from './matrix.ts';
import { mountNudge } from './nudge.ts';
import { mountResult } from './result.ts';
import { mountSentence } from './sentence.ts';
import { mountStart } from './start.ts';
import { mountStrip } from './strip.ts';
import { mountTraining } from './training.ts';
import { mountWhy } from './why.ts';

type Mount = (host: HTMLElement, store: Store) => void;

const SECTIONS: readonly (readonly [string, Mount])[] = [
  ['bare', mountBare], ['alarms', mountAlarms], ['training', mountTraining], ['result', mountResult], ['sentence', mountSentence], ['start', mountStart], ['strip-section', mountStrip],
  ['formula-section', mountFormula], ['matrix-section', mountMatrix], ['lens', mountLens], ['whys', mountWhy], ['chain', mountChain], ['check', mountCheck], ['nudge', mountNudge],
];

export function mountPanel(host: HTMLElement, store: Store): void {
  const head = h('div', { class: 'panel-head' });
  const body = h('div', { class: 'panel-body', tabindex: 0, role: 'group' });
  const foot = h('div', { class: 'panel-foot' });
  host.replaceChildren(head, body, foot);
  mountHead(head, store);
  for (const [name, mount] of SECTIONS) {
    const section = h('div', { class: name });
    body.append(section);
    mount(section, store);
  }
  mountFoot(foot, store);
  watch(store, (state) => [state.lang], () => {
    host.setAttribute('aria-label', words(store.get().lang).panel.title);
    body.setAttribute('aria-label', words(store.get().lang).panel.title);
  });
  watch(store, (state) => [state.card?.name, state.result, state.tab], () => { body.scrollTop = 0; });
  fadeAtTheEdge(body);
}

/** More below than is seen: the last lines fade, which a thin scroll bar alone would not tell. */
function fadeAtTheEdge(body: HTMLElement): void {
  const mark = (): void => { body.toggleAttribute('data-more', body.scrollHeight - body.clientHeight - body.scrollTop > 8); };
  body.addEventListener('scroll', mark, { passive: true });
  const sizes = new ResizeObserver(mark);
  for (const element of [body, ...body.children]) sizes.observe(element);
}
