/** The whole chain rule for one parameter: every path to the error, its factors multiplied, the paths added. */
import { overview } from '../../model/numbers.ts';
import type { Derivation, Path, Role } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch, type Child } from '../dom.ts';
import { numberButton } from '../number.ts';
import { parameterOf } from '../../model/places.ts';
import { pretty } from '../pretty.ts';
import { tex } from './formula.ts';
import { mode } from './mode.ts';

const MOST_PATHS = 16;

export function mountChain(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.derivation, state.lang, mode(state), state.card, state.waiting], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  host.hidden = mode(state) !== 'chain';
  if (host.hidden) return;
  const say = words(state.lang).chain;
  const { derivation } = state;
  if (!derivation) return replace(host, h('p', { class: 'muted' }, parameterOf(state.card?.name ?? '') ? words(state.lang).panel.loading : say.needs));
  replace(host,
    h('p', { class: 'say' }, say.intro(derivation.parameter)),
    ...derivation.paths.slice(0, MOST_PATHS).map((path, place) => pathRow(state, derivation.parameter, path, place)),
    (derivation.paths_truncated || derivation.paths.length > MOST_PATHS) && h('p', { class: 'note' }, say.truncated),
    ...ending(state, derivation));
}

function pathRow(state: State, name: string, path: Path, place: number): HTMLElement {
  const say = words(state.lang).chain;
  return h('section', { class: 'path' },
    h('h3', { class: 'section-title' }, `${say.path(place + 1)}: ${[name, ...path.through.map(pretty), 'E'].join(' → ')}`),
    h('p', { class: 'path-factors' },
      ...path.factors.flatMap((factor, index): Child[] => [index > 0 && ' × ', numberButton({ name: factor.name, value: factor.value, role: roleOf(factor.name) })]),
      ' = ', h('strong', { 'data-value': String(path.product) }, overview(path.product))));
}

/** The colours that the same factors have in the formula of the gradient. */
function roleOf(factor: string): Role {
  if (/^(dE|delta)/.test(factor)) return 'gap';
  if (factor.startsWith('dout')) return 'slope';
  return /\/dout/.test(factor) ? 'weight' : 'source';
}

function ending(state: State, derivation: Derivation): Child[] {
  const say = words(state.lang).chain;
  const several = (state.network?.spec.data?.inputs?.length ?? 1) > 1 && state.network?.spec.batch.size !== 1;
  const one = several ? say.oneOfMany : say.one;
  const gradient = numberButton({ name: `dE/d${derivation.parameter}`, value: derivation.gradient, role: 'now' });
  const formula = h('div', { class: 'formula chain-formula', tabindex: 0, role: 'group', 'aria-label': words(state.lang).panel.formula });
  formula.innerHTML = tex(derivation.latex);
  return [
    h('p', { class: 'path-sum' }, derivation.paths.length === 1 ? one : say.sum, ' ', gradient),
    derivation.reduction_factor !== 1 && h('p', { class: 'note' }, `${say.mean(Math.round(1 / derivation.reduction_factor))}: ×${overview(derivation.reduction_factor)}`),
    derivation.latex ? formula : null,
  ];
}
