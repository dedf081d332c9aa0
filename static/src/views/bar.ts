/** The bar: whose page this is, a new network, language, theme, help. */
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { hasCurves } from './charts.ts';
import { h, replace, watch } from './dom.ts';
import { icon } from './icons.ts';

export function mountBar(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, state.theme, state.network !== null, state.chartsOpen, hasCurves(state), Boolean(state.network?.spec.data), state.presenting, state.following, state.pointer !== null], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const say = words(state.lang).bar;
  const other = state.lang === 'en' ? 'ko' : 'en';
  replace(
    host,
    h('h1', { class: 'logo' }, h('a', { href: '/' }, icon('logo'), h('span', {}, 'Slowprop'))),
    h('button', { type: 'button', class: 'quiet', 'data-action': 'new-network', 'aria-label': say.newNetwork }, icon('plus'), h('span', {}, say.newNetwork)),
    state.network !== null && h('button', { type: 'button', class: 'quiet', 'data-action': 'share', 'aria-label': say.share }, icon('share'), h('span', {}, say.share)),
    h('span', { class: 'space' }),
    shared(state),
    hasCurves(state) && h('button', { type: 'button', class: 'chart-tab', 'data-action': 'charts', 'aria-pressed': String(state.chartsOpen) },
      state.chartsOpen ? say.drawing : say.charts),
    h('button', { type: 'button', class: 'small', lang: other, 'data-action': 'language', 'aria-label': say.languageLabel }, say.language),
    h('button', { type: 'button', class: 'small square', 'data-action': 'theme', 'aria-label': say.theme[state.theme], title: say.theme[state.theme] }, icon('theme')),
    h('button', { type: 'button', class: 'small square', 'data-action': 'help', 'aria-label': say.help, title: say.help }, icon('help')),
  );
}

/** Whoever may follow is no presenter at the same time. */
function shared(state: State): HTMLElement | false {
  if (!state.network?.spec.data) return false;
  return state.pointer !== null && !state.presenting ? toggle(state, 'follow', state.following) : toggle(state, 'present', state.presenting);
}

function toggle(state: State, action: 'present' | 'follow', pressed: boolean): HTMLElement {
  const say = words(state.lang).bar;
  const hint = say[`${action}Hint`][`${pressed}`];
  return h('button', { type: 'button', class: 'quiet shared', 'data-action': action, 'aria-pressed': String(pressed), title: hint }, icon(action), h('span', {}, say[action]));
}
