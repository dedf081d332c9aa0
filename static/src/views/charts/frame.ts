/** The card around a chart: its head, its drawing in CSS px, and a press on it that goes to the step under the finger. */
import { draw } from '../../paint/svg.ts';
import type { Store } from '../../types/state.ts';
import { h, replace } from '../dom.ts';
import type { Plot, StepAxis } from './axes.ts';

export interface Drawn { readonly summary: string; readonly steps: StepAxis }

export interface ChartFrame {
  readonly element: HTMLElement;
  /** Draws the head anew when its key changes, so that a control keeps the focus while the curve grows. */
  head(key: string, children: () => readonly HTMLElement[]): void;
  /** `right` is the room that the labels at the ends of lines need. */
  draw(paint: (svg: SVGSVGElement, plot: Plot) => Drawn | null, right: number): void;
}

const LEFT = 66;
const AXIS = 40;

export function chartFrame(store: Store): ChartFrame {
  const head = h('div', { class: 'chart-head' });
  const body = h('div', { class: 'chart-body' });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('class', 'chart-svg');
  body.append(svg);
  const element = h('section', { class: 'card chart' }, head, body);
  let headKey = '';
  let steps: StepAxis | null = null;
  svg.addEventListener('click', (event) => {
    if (!steps || (event.target as Element).closest('[data-action], [data-name]')) return;
    const step = Math.round(steps.stepAt(event.clientX - svg.getBoundingClientRect().left));
    const last = store.get().network?.step ?? 0;
    store.run('scrub', Math.max(0, Math.min(last, step)));
  });

  return {
    element,
    head(key, children) {
      if (key === headKey) return;
      headKey = key;
      replace(head, ...children());
    },
    draw(paint, right) {
      const [width, height] = [Math.floor(body.clientWidth), Math.floor(body.clientHeight)];
      if (width < 120 || height < 90) return;
      for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) svg.setAttribute(name, String(value));
      svg.replaceChildren();
      draw(svg, 'rect', { x: 0, y: 0, width, height, class: 'ground' });
      const drawn = paint(svg, { left: LEFT, right: width - right, top: 14, bottom: height - AXIS });
      steps = drawn?.steps ?? null;
      svg.setAttribute('aria-label', drawn?.summary ?? '');
    },
  };
}
