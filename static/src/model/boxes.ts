/** Rectangles in CSS px, and how wide a text of the page's font is without asking a browser. */

export interface Rect { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

export const right = (box: Rect): number => box.x + box.w;
export const bottom = (box: Rect): number => box.y + box.h;
export const middleX = (box: Rect): number => box.x + box.w / 2;
export const middleY = (box: Rect): number => box.y + box.h / 2;

export const around = (x: number, y: number, w: number, h: number): Rect => ({ x: x - w / 2, y: y - h / 2, w, h });

/** Shared area of two rectangles that keep `margin` px apart. */
export function overlap(one: Rect, other: Rect, margin = 0): number {
  const w = Math.min(right(one), right(other)) - Math.max(one.x, other.x) + margin;
  const h = Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y) + margin;
  return w > 0 && h > 0 ? w * h : 0;
}

/** Width of a letter in em, measured on the page; digits and U+2212 are tabular, the times sign is another font's. */
function letter(character: string): number {
  if (/[\d−+=]/.test(character)) return 0.555;
  if (/[.,:;|!ilj' ()]/.test(character)) return 0.29;
  if (/[mwMW∂%]/.test(character)) return 0.85;
  if (/[⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(character)) return 0.42;
  if (character === '×') return 0.78;
  if (/[A-Z_Δ]/.test(character)) return 0.62;
  return character > '\u2e80' ? 0.92 : 0.56;
}

const BOLD = 1.055;

export const textWidth = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, character) => sum + letter(character), 0) * size * (bold ? BOLD : 1);
