/**
 * Try it: move a weight a little and see what it does on the way to the error. Each change is shown with its ratio to the
 * one before; as the nudge shrinks, the ratios run into the factors of the chain rule. Nothing is stored.
 */
import { overview, signed } from '../../model/numbers.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { full } from '../number.ts';
import { endsOf } from '../parameters.ts';
import { parameterOf } from '../../model/places.ts';
import { pretty } from '../pretty.ts';
import { mode } from './mode.ts';

export const NUDGE_SIZES = [1, 0.1, 0.01, 0.001, 0.0001] as const;

export function mountNudge(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state), state.cursor.phase, state.nudge, state.nudgeSize], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  const name = parameterOf(state.card?.name ?? '');
  host.hidden = mode(state) !== 'now' || state.cursor.phase === 'update' || !name;
  if (host.hidden || !name) return;
  const say = words(state.lang).nudge;
  replace(host,
    h('div', { class: 'nudge-row' },
      h('h3', { class: 'section-title' }, say.title(name)),
      h('button', { type: 'button', class: 'square', 'data-action': 'nudge-minus', 'aria-label': say.minus(name) }, icon('minus')),
      sizes(state),
      h('button', { type: 'button', class: 'square', 'data-action': 'nudge-plus', 'aria-label': say.plus(name) }, icon('plus'))),
    ...(state.nudge?.name === name && state.nudge.values ? effects(state, name) : [h('p', { class: 'note' }, say.hint)]));
  if (state.nudge?.values) host.scrollIntoView({ block: 'nearest' });
}

const sizes = (state: State): HTMLElement =>
  h('select', { 'data-action': 'nudge-size', 'aria-label': words(state.lang).nudge.size },
    ...NUDGE_SIZES.map((size) => h('option', { value: size, selected: size === state.nudgeSize }, plain(size))));

const plain = (size: number): string => size.toFixed(4).replace(/\.?0+$/, '');

interface Link { readonly name: string; readonly change: number; readonly factor: number | undefined }

/** The stops between a parameter and the error; a shared bias has no single way, so only its end is shown. */
function chain(state: State, name: string): Link[] {
  const { network, moment, nudge } = state;
  const neuron = network ? endsOf(network.spec, name)?.neuron : null;
  const stops = neuron ? [`net_${neuron}`, `out_${neuron}`, 'E_total'] : ['E_total'];
  const factors = neuron ? [`dnet_${neuron}/d${name}`, `dout_${neuron}/dnet_${neuron}`, `dE/dout_${neuron}`] : [`dE/d${name}`];
  const links = stops.map((stop, place) => ({
    name: stop, change: (nudge?.values?.value(stop) ?? NaN) - (moment?.value(stop) ?? NaN), factor: moment?.value(factors[place] ?? ''),
  }));
  return [{ name, change: nudge?.amount ?? 0, factor: undefined }, ...links];
}

function effects(state: State, name: string): Child[] {
  const say = words(state.lang).nudge;
  const links = chain(state, name);
  return [
    h('ol', { class: 'nudge-chain' }, ...links.map((link, place) => stop(link, links[place - 1], place))),
    h('div', { class: 'nudge-foot' }, h('p', { class: 'note' }, say.predicts(overview(state.moment?.value(`dE/d${name}`) ?? NaN))),
      h('button', { type: 'button', class: 'small', 'data-action': 'nudge-restore' }, say.restore)),
  ];
}

function stop(link: Link, before: Link | undefined, place: number): HTMLElement {
  const ratio = before ? link.change / before.change : undefined;
  return h('li', { class: 'nudge-stop', style: `--place:${place}` },
    h('span', { class: 'muted' }, pretty(link.name)),
    h('strong', { 'data-change': link.name, 'data-value': full(link.change) }, signed(link.change, 3)),
    ratio !== undefined && h('small', { 'data-ratio': link.name, 'data-value': full(ratio) }, `×${overview(ratio)}`));
}
