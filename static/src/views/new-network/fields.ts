/** The pieces of the form: each input carries the pointer of its value, and the line for its fault stands below it. */
import { h, type Child } from '../dom.ts';

export interface Option { readonly value: string; readonly label: string }
type Write = (text: string) => void;

/** For text of many lines; `write` is told at once. */
export function textArea(pointer: string, label: string, value: string, write: Write): HTMLTextAreaElement {
  const area = h('textarea', {
    rows: 6, 'aria-label': label, spellcheck: 'false', autocomplete: 'off', 'data-pointer': pointer,
    'data-action': `field:${pointer}`, 'aria-describedby': faultId(pointer),
  }, value);
  area.addEventListener('input', () => write(area.value));
  return area;
}

const faultLine = (pointer: string): HTMLElement => h('small', { class: 'fault', 'data-fault': pointer, id: faultId(pointer) });
const faultId = (pointer: string): string => `fault${pointer.replaceAll('/', '-')}`;

export function textBox(pointer: string, label: string, value: string, write: Write, className = ''): HTMLInputElement {
  const input = h('input', {
    class: className, value, 'aria-label': label, inputmode: 'decimal', autocomplete: 'off', 'data-pointer': pointer,
    'data-action': `field:${pointer}`, 'aria-describedby': faultId(pointer),
  });
  input.addEventListener('input', () => write(input.value));
  return input;
}

export function field(label: string, input: HTMLElement, pointer: string, hint?: Child): HTMLElement {
  return h('div', { class: 'field' }, h('label', {}, h('span', {}, label), input), faultLine(pointer), typeof hint === 'string' ? h('small', { class: 'note' }, hint) : hint);
}

export function selectBox(pointer: string, label: string, value: string, options: readonly Option[], write: Write): HTMLSelectElement {
  const select = h('select', { 'aria-label': label, 'data-pointer': pointer, 'data-action': `field:${pointer}`, 'aria-describedby': faultId(pointer) },
    ...options.map((option) => h('option', { value: option.value, selected: option.value === value }, option.label)));
  select.addEventListener('change', () => write(select.value));
  return select;
}

export function checkBox(label: string, checked: boolean, write: (on: boolean) => void, id: string): HTMLElement {
  const input = h('input', { type: 'checkbox', checked, 'data-action': `field:${id}` });
  input.addEventListener('change', () => write(input.checked));
  return h('label', { class: 'tick' }, input, h('span', {}, label));
}

export const faultSlot = (pointer: string): Child => faultLine(pointer);

/** Shows each fault at the field of its pointer, or of the nearest one above it; gives back those that found none. */
export function showFaults(form: HTMLElement, faults: readonly { readonly pointer: string; readonly detail: string }[]): readonly string[] {
  for (const line of form.querySelectorAll('[data-fault]')) line.textContent = '';
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  return faults.filter(({ pointer, detail }) => !showFault(form, pointer, detail)).map(({ detail }) => detail);
}

function showFault(form: HTMLElement, pointer: string, detail: string): boolean {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = form.querySelector(`[data-fault="${CSS.escape(at)}"]`);
    form.querySelector(`[data-pointer="${CSS.escape(at)}"]`)?.setAttribute('aria-invalid', 'true');
    if (!line) continue;
    line.textContent = [line.textContent, detail].filter(Boolean).join('\n');
    return true;
  }
  return false;
}
