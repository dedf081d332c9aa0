/** Numbers and small texts of the drawing. Every number knows its name and its full value. */
import { textWidth } from '../../model/boxes.ts';
import { DIGITS, shown } from '../../model/numbers.ts';
import { draw, put, write } from '../../paint/svg.ts';

/** As many digits as fit into `room` px, at most `digits`. */
export function fitted(name: string, value: number, size: number, room: number, digits = DIGITS): string {
  for (let count = digits; count > 1; count -= 1) {
    const text = shown(name, value, count);
    if (textWidth(text, size) <= room) return text;
  }
  return shown(name, value, 1);
}

/** A float the way JSON would write it, "NaN" and "Infinity" included. */
export const full = (value: number): string => String(value);

export interface NumberMark {
  readonly element: SVGTextElement;
  /** An undefined value leaves the place empty. */
  paint(name: string, value: number, text: string): void;
  clear(): void;
}

export function numberMark(parent: Element, x: number, y: number, className: string, anchor: 'start' | 'middle' | 'end' = 'middle'): NumberMark {
  const element = draw(parent, 'text', { x, y, class: `number ${className}`, 'text-anchor': anchor });
  return {
    element,
    paint(name, value, text) {
      put(element, { 'data-name': name, 'data-value': full(value) });
      write(element, text);
    },
    clear() {
      put(element, { 'data-name': null, 'data-value': null });
      write(element, '');
    },
  };
}

export function label(parent: Element, x: number, y: number, text: string, className = 'small', anchor: 'start' | 'middle' | 'end' = 'middle'): SVGTextElement {
  return draw(parent, 'text', { x, y, class: className, 'text-anchor': anchor }, text);
}

/** Names as people read them; the page writes d as ∂ and delta as δ. */
export const pretty = (name: string): string => name.replace(/^d(.+)\/d(.+)$/, '∂$1/∂$2').replace(/^delta_/, 'δ_').replace(/\+$/, '⁺');
