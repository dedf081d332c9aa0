/** The causal strip: w5 —×0.5933→ net_o1 —×0.1868→ out_o1 —×0.7414→ E, in the colours of the factors. */
import type { StripLink } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { full } from '../number.ts';
import { pretty } from '../pretty.ts';
import { mode } from './mode.ts';

export function mountStrip(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state)], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const strip = state.card?.strip ?? [];
  host.hidden = mode(state) !== 'now' || strip.length === 0;
  if (host.hidden) return;
  const first = strip[0] as StripLink;
  replace(host,
    h('h3', { class: 'section-title' }, words(state.lang).panel.cause),
    h('div', { class: 'strip' }, node(first.from), ...strip.flatMap((link) => [arrow(link), node(link.to)])));
}

const node = (name: string): HTMLElement => h('span', { class: 'strip-node', 'data-lights': name }, pretty(name));

function arrow({ factor, label, role }: StripLink): HTMLElement {
  const value = h('button', {
    type: 'button', class: 'number', 'data-name': factor.name, 'data-value': full(factor.value), 'data-role': role, 'data-action': `select:${factor.name}`,
  }, `×${factor.shown}`);
  return h('span', { class: 'strip-arrow', 'data-role': role }, value, h('i', { 'aria-hidden': 'true' }), h('small', {}, label));
}
