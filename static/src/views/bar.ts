/** The bar: whose page this is, a new network, language, theme, help. */
import { words } from '../i18n/index.ts';
import type { State, Store } from '../types/state.ts';
import { hasCurves } from './charts.ts';
import { h, replace, watch } from './dom.ts';
import { icon } from './icons.ts';

export function mountBar(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, state.theme, state.chartsOpen, hasCurves(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const say = words(state.lang).bar;
  const other = state.lang === 'en' ? 'ko' : 'en';
  replace(
    host,
    h('h1', { class: 'logo' }, h('a', { href: '/' }, icon('logo'), h('span', {}, 'Slowprop'))),
    h('button', { type: 'button', class: 'quiet', 'data-action': 'new-network', 'aria-label': say.newNetwork }, icon('plus'), h('span', {}, say.newNetwork)),
    h('span', { class: 'space' }),
    hasCurves(state) && h('button', { type: 'button', class: 'chart-tab', 'data-action': 'charts', 'aria-pressed': String(state.chartsOpen) },
      state.chartsOpen ? say.drawing : say.charts),
    h('button', { type: 'button', class: 'small', lang: other, 'data-action': 'language', 'aria-label': say.languageLabel }, say.language),
    h('button', { type: 'button', class: 'small square', 'data-action': 'theme', 'aria-label': say.theme[state.theme], title: say.theme[state.theme] }, icon('theme')),
    h('button', { type: 'button', class: 'small square', 'data-action': 'help', 'aria-label': say.help, title: say.help }, icon('help')),
  );
}
