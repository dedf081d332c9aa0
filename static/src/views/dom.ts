/** Building and re-using elements with as little ceremony as the platform allows. */
import type { Store } from '../types/state.ts';

export type Child = Node | string | null | false | undefined;
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
}

/** `h('button', { class: 'primary' }, 'Next')` is a button. Missing children and attributes are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, attributes);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined));
  return element;
}

/** Puts new children in place, and the focus back on the control that had it. */
export function replace(host: Element, ...children: readonly Child[]): void {
  const held = host.contains(document.activeElement) ? focusKey(document.activeElement) : null;
  host.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  if (held) host.querySelector<HTMLElement>(held)?.focus({ preventScroll: true });
}

function focusKey(element: Element | null): string | null {
  if (element?.id) return `#${CSS.escape(element.id)}`;
  const action = element?.getAttribute('data-action');
  return action ? `[data-action="${CSS.escape(action)}"]` : null;
}

/** Calls `draw` now and whenever one of the watched values changes. */
export function watch(store: Store, values: (state: ReturnType<Store['get']>) => readonly unknown[], draw: () => void): void {
  let seen = values(store.get());
  draw();
  store.subscribe((now) => {
    const next = values(now);
    if (next.every((value, place) => Object.is(value, seen[place]))) return;
    seen = next;
    draw();
  });
}
