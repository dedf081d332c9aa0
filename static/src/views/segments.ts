/** A sentence of the service as text and numbers; the numbers have the colours of their roles and can be tapped. */
import type { Segment } from '../types/domain.ts';
import { h, type Child } from './dom.ts';
import { numberInline } from './number.ts';

export const segments = (all: readonly Segment[]): Child[] => all.map(segment);

function segment({ text, name, value, role }: Segment): Child {
  if (!name) return text;
  if (typeof value !== 'number') return h('span', { class: 'named', 'data-role': role }, text);
  return numberInline({ name, value, text, ...(role ? { role } : {}) });
}
