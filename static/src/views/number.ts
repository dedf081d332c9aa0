/** A number as it is shown everywhere: it knows its name and its full value, and a tap opens its explanation. */
import type { Role } from '../types/domain.ts';
import { shown } from '../model/numbers.ts';
import { h } from './dom.ts';

/** Full value, as the tests and the tooltip read it: the shortest digits that give the same float back. */
export const full = (value: number): string => String(value);

export interface Shown { readonly name: string; readonly value: number; readonly text?: string; readonly role?: Role; readonly className?: string }

export function numberButton({ name, value, text, role, className }: Shown): HTMLButtonElement {
  return h('button', {
    type: 'button', class: `number ${className ?? ''}`.trim(), 'data-name': name, 'data-value': full(value), 'data-role': role,
    'data-action': `select:${name}`, title: `${name} = ${full(value).replace('-', '−')}`,
  }, text ?? shown(name, value));
}

/**
 * The same within a sentence. A button would be a box of its own that a line can break beside: "0.99" and the ";"
 * or the Korean ending after it would part.
 */
export function numberInline({ name, value, text, role }: Shown): HTMLSpanElement {
  return h('span', {
    role: 'button', tabindex: 0, class: 'number', 'data-name': name, 'data-value': full(value), 'data-role': role,
    'data-action': `select:${name}`, title: `${name} = ${full(value).replace('-', '−')}`,
  }, text ?? shown(name, value));
}

/** A number of another step, `w5@0`: it has no explanation at this moment, so it is text. */
export function numberText({ name, value, text, className }: Shown): HTMLSpanElement {
  return h('span', { class: `number ${className ?? ''}`.trim(), 'data-name': name, 'data-value': full(value) }, text ?? shown(name.replace(/@.*$/, ''), value));
}

export { grouped } from '../model/numbers.ts';
