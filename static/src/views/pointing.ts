/**
 * Pointer, keys and focus for the whole page, in one place: whatever carries `data-action` runs it, whatever carries
 * `data-name` is a number that explains itself, and what is pointed at lights up wherever else it stands.
 */
import { ACTIONS, isAction, runAction } from '../actions.ts';
import type { Store } from '../types/state.ts';

export function mountPointing(store: Store): void {
  document.addEventListener('click', (event) => click(store, event));
  document.addEventListener('change', (event) => choose(store, event));
  document.addEventListener('keydown', (event) => press(store, event));
  for (const kind of ['pointerover', 'focusin'] as const) document.addEventListener(kind, (event) => light(store, event.target));
  document.addEventListener('pointerleave', () => light(store, null));
  store.subscribe((now, was) => { if (now.highlight !== was.highlight) mark(now.highlight); });
}

const closest = (target: EventTarget | null, selector: string): Element | null => (target instanceof Element ? target.closest(selector) : null);

function click(store: Store, event: MouseEvent): void {
  if (event.defaultPrevented) return;
  const control = closest(event.target, '[data-action], [data-name]');
  if (!control || control.matches('select, input, textarea, form')) return;
  const action = control.getAttribute('data-action');
  if (action && isAction(action)) return runAction(store, action, argumentOf(control));
  const name = control.getAttribute('data-name');
  if (name && !action && !name.includes('@')) runAction(store, 'select', name);
}

/** An argument may stand apart from the id, where the id alone is what tests and help look for. */
const argumentOf = (control: Element): string | undefined =>
  control.getAttribute('data-argument') ?? control.getAttribute('data-about') ?? undefined;

function choose(store: Store, event: Event): void {
  const control = event.target;
  if (!(control instanceof HTMLSelectElement)) return;
  const action = control.dataset['action'];
  if (action && isAction(action)) runAction(store, action, control.value);
}

function press(store: Store, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = closest(event.target, 'input, select, textarea, dialog');
  if (typing && event.key !== 'Escape') return;
  if ((event.key === ' ' || event.key === 'Enter') && closest(event.target, 'button, a, summary')) return;
  if ((event.key === ' ' || event.key === 'Enter') && closest(event.target, 'span[role="button"]')) return activate(event);
  const name = keyName(event);
  const action = ACTIONS.find(({ keys }) => keys?.includes(name));
  if (!action) return;
  event.preventDefault();
  runAction(store, action.id);
}

/** What only looks like a button does not press itself. */
function activate(event: KeyboardEvent): void {
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.click();
}

function keyName(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
  return modifier + shift + event.key;
}

function light(store: Store, target: EventTarget | null): void {
  const element = closest(target, '[data-name], [data-lights]');
  const name = element?.getAttribute('data-name') ?? element?.getAttribute('data-lights') ?? null;
  const bare = name?.replace(/@\d+$/, '') ?? null;
  if (bare !== store.get().highlight) store.set({ highlight: bare });
}

/** Only the panel is marked here; the drawing and the charts light their own. */
function mark(name: string | null): void {
  for (const lit of document.querySelectorAll('#panel [data-lit]')) lit.removeAttribute('data-lit');
  if (!name) return;
  const text = CSS.escape(name);
  for (const match of document.querySelectorAll(`#panel [data-name="${text}"], #panel [data-lights="${text}"]`)) match.setAttribute('data-lit', '');
}
