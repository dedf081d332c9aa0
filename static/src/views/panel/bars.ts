/** A change as a bar on a scale whose factor is printed: without it the change of w1 would be a hair beside that of w5. */
import type { Words } from '../../i18n/index.ts';
import { change, overview, type Part } from '../../model/numbers.ts';
import { h, type Child } from '../dom.ts';
import { full, grouped, numberButton, numberText } from '../number.ts';

export interface Changed { readonly name: string; readonly before: number; readonly after: number }

/** How the two numbers of a row are named: at this moment (`w5`, `w5+`) or as another step's (`w5@0`, `w5`). */
export interface Naming { readonly before: (name: string) => string; readonly after: (name: string) => string }

/** The largest of 1, 2, 5, 10, … that keeps every bar inside the edge, which stands for a change of 1. */
export function lensFactor(changes: readonly number[]): number {
  const largest = Math.max(...changes.map(Math.abs).filter(Number.isFinite), 0);
  if (largest === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(1 / largest));
  return [5, 2, 1].map((lead) => lead * power).find((factor) => factor * largest <= 1 + 1e-12) ?? power;
}

/** The scale in words: a change enlarged until the edge stands for 1, or the edge itself when changes are larger. */
export function scaleText(factor: number, say: Words['lens']): string {
  return factor >= 1 ? say.factor(grouped(factor)) : say.edge(overview(1 / factor));
}

export function changeRow(changed: Changed, factor: number, naming: Naming, current: boolean): HTMLElement {
  const { name, before, after } = changed;
  const digits = change(before, after);
  return h('li', { class: 'change-row', 'data-now': current, 'data-lights': name },
    h('span', { class: 'change-name' }, name),
    h('span', { class: 'change-numbers' },
      spelled(naming.before(name), before, digits.before), ' → ', spelled(naming.after(name), after, digits.after)),
    bar(after - before, factor),
    h('span', { class: 'change-delta', 'data-change': name, 'data-value': full(after - before) }, digits.delta));
}

/** Equal leading digits grey, the ones that changed bold. */
function spelled(name: string, value: number, parts: readonly Part[]): HTMLElement {
  const element = name.includes('@') ? numberText({ name, value, text: '' }) : numberButton({ name, value, text: '' });
  element.replaceChildren(...parts.map((part) => h('span', { class: part.same ? 'same' : 'changed' }, part.text)));
  return element;
}

function bar(by: number, factor: number): Child {
  const share = Number.isNaN(by) ? 0 : Math.min(1, Math.abs(by) * factor);
  return h('span', { class: 'change-bar', 'aria-hidden': 'true' },
    h('i', { class: by < 0 ? 'down' : 'up', style: `--share:${share.toFixed(4)}` }));
}
