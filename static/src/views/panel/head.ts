/** The head of the panel: its tabs, or its title, and the name of the quantity that is looked at. */
import type { State, Store, Tab } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { endsOf } from '../parameters.ts';
import { parameterOf } from '../../model/places.ts';
import { pretty } from '../pretty.ts';
import { mode } from './mode.ts';

export function mountHead(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state), state.selection, state.network], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const say = words(state.lang);
  const shown = mode(state);
  if (shown === 'empty') return replace(host);
  if (shown === 'bare') return replace(host, title(say.panel.title));
  if (shown === 'training') return replace(host, title(say.training.title));
  if (shown === 'result') return replace(host, title(say.result.title), h('span', { class: 'space' }), h('span', { class: 'tag' }, examples(state)));
  if (shown === 'start') return replace(host, title(say.panel.startTitle), h('span', { class: 'space' }), h('span', { class: 'tag' }, say.panel.paused));
  replace(host, h('h2', { class: 'visually-hidden' }, say.panel.title), tabs(state), h('span', { class: 'space' }), h('span', { class: 'subject-row' }, ...subject(state)));
}

const title = (text: string): HTMLElement => h('h2', { class: 'panel-title' }, text);

function examples(state: State): string {
  const say = words(state.lang).result;
  const count = state.network?.spec.data?.inputs?.length ?? 0;
  return count === 1 ? say.oneExample : say.examples(count);
}

function tabs(state: State): HTMLElement {
  const say = words(state.lang).panel.tabs;
  const tab = (id: Tab): HTMLElement =>
    h('button', { type: 'button', 'aria-pressed': String(state.tab === id), 'data-action': `tab:${id}` }, say[id]);
  return h('div', { class: 'tabs' }, tab('now'), tab('chain'), tab('check'));
}

function subject(state: State): Child[] {
  const card = state.card;
  if (!card) return [];
  if (card.name.startsWith('phase:')) return [h('p', { class: 'panel-title', 'data-subject': card.name }, card.title)];
  const say = words(state.lang).panel;
  const parameter = parameterOf(card.name);
  const ends = parameter && state.network ? endsOf(state.network.spec, parameter) : null;
  return [
    h('span', { class: 'subject', 'data-subject': card.name, title: ends?.source ? say.connects(parameter ?? '', ends.source, ends.neuron ?? '') : undefined },
      card.title || pretty(card.name)),
    parameter && h('button', { type: 'button', class: 'square small', 'data-action': `edit:${parameter}`, 'aria-label': say.edit(parameter), title: say.edit(parameter) }, icon('pencil')),
    state.selection && h('button', { type: 'button', class: 'square small', 'data-action': 'escape', 'aria-label': say.unpin, title: say.unpin }, icon('close')),
  ];
}
