/** Always there, on one line below the drawing: what each sign means. The signs of a phase take the place of the plainest. */
import { words } from '../../i18n/index.ts';
import type { Frame } from '../../model/frame.ts';
import { isFill } from '../../model/scales.ts';
import type { State } from '../../types/state.ts';
import { h, replace } from '../dom.ts';

const SIGNS = {
  plus: '<path d="M0 6h28" stroke="var(--plus)" stroke-width="5"/>',
  minus: '<path d="M0 6h28" stroke="var(--minus)" stroke-width="5" stroke-dasharray="9 5"/>',
  fill: '<rect width="28" height="12" rx="3" fill="var(--output)" opacity=".28"/><path d="M0 1h28" stroke="var(--output)" stroke-width="2"/>',
  bar: '<rect x="4" y="3" width="20" height="9" fill="var(--output)" opacity=".28"/><path d="M0 12h28" stroke="var(--muted)"/><path d="M4 3h20" stroke="var(--output)" stroke-width="2"/>',
  gap: '<rect x="9" width="10" height="12" rx="2" fill="var(--muted)" opacity=".45"/>',
  now: '<rect x="1" y="1" width="26" height="10" rx="4" fill="var(--now-bg)" stroke="var(--now)" stroke-width="2"/>',
  slip: '<path d="M1 1h26v6l-4 4H1z" fill="var(--soft)" stroke="var(--muted)" stroke-dasharray="3 2"/>',
} as const;

export interface Legend { paint(frame: Frame, state: State): void }

export function legend(host: HTMLElement): Legend {
  let drawn = '';
  return {
    paint(frame, state) {
      const items = itemsOf(frame);
      const key = `${state.lang} ${items.join()}`;
      if (key === drawn) return;
      drawn = key;
      const say = words(state.lang).network.legend;
      host.setAttribute('aria-label', say.label);
      replace(host, ...items.map((item) => h('li', { 'data-sign': item }, signOf(item), say[item])));
    },
  };
}

type Item = 'plus' | 'minus' | 'width' | 'fill' | 'bar' | 'gap' | 'now' | 'gradient' | 'slip';

function itemsOf(frame: Frame): Item[] {
  const bounded = frame.structure.activations.slice(1).some(isFill);
  const free = frame.structure.activations.slice(1).some((activation) => !isFill(activation));
  const singled = frame.tags.length > 0 || frame.named('total') || frame.layout.edges.some((edge) => frame.now(`edge:${edge.name}`));
  return [
    'plus', 'minus', ...(singled || frame.phase === 'backward' || frame.phase === 'update' ? [] : ['width' as const]), ...(bounded ? ['fill' as const] : []), ...(free ? ['bar' as const] : []),
    ...(frame.structure.hasTargets ? ['gap' as const] : []), ...(singled ? ['now' as const] : []),
    ...(frame.phase === 'backward' ? ['gradient' as const] : []), ...(frame.phase === 'update' ? ['slip' as const] : []),
  ];
}

function signOf(item: Item): Node | null {
  if (item === 'width') return null;
  if (item === 'gradient') return h('b', { class: 'gradient-sign' }, '∂E/∂w');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({ width: '28', height: '12', viewBox: '0 0 28 12', 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  svg.innerHTML = SIGNS[item];
  return svg;
}
