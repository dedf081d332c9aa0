/** Numbers and small texts of the drawing. Every number knows its name and its full value. */
import { textWidth } from '../../model/boxes.ts';
import { DIGITS, powerOfTen, shown } from '../../model/numbers.ts';
import { draw, put, write } from '../../paint/svg.ts';

/** Fewer digits than this would make two numbers that differ look alike. */
const LEAST_DIGITS = 3;

/** A text's room in px, at a size, bold or not. */
export interface Space { readonly size: number; readonly room: number; readonly bold?: boolean }

export const fits = (text: string, { size, room, bold }: Space): boolean => textWidth(text, size, bold) <= room;

/** As many digits as fit, at most `digits`; before fewer than three a power of ten is tried. */
export function fitted(name: string, value: number, space: Space, digits = DIGITS): string {
  const plain = (count: number): string => shown(name, value, count);
  const texts = Array.from({ length: digits }, (_, less) => digits - less)
    .flatMap((count) => (count > LEAST_DIGITS ? [plain(count)] : [plain(count), powerOfTen(value, count)]));
  const known = texts.filter((text) => text !== null);
  return known.find((text) => fits(text, space)) ?? known.at(-1) ?? '';
}

/** The largest of these sizes at which three digits fit; the smallest when none does. */
export function sizeFor(name: string, value: number, sizes: readonly number[], space: Omit<Space, 'size'>): number {
  const least = [shown(name, value, LEAST_DIGITS), powerOfTen(value, LEAST_DIGITS)].filter((text) => text !== null);
  return sizes.find((size) => least.some((text) => fits(text, { ...space, size }))) ?? sizes.at(-1) ?? 12;
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
