/** SVG elements, written to only where something changed: a frame of 400 edges touches the few that move. */
type Value = string | number | null;
export type Attributes = Readonly<Record<string, Value>>;

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WRITTEN = new WeakMap<Element, Map<string, Value>>();

/** Adds an element to `parent`. */
export function draw<K extends keyof SVGElementTagNameMap>(parent: Element, tag: K, attributes: Attributes = {}, text?: string): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NAMESPACE, tag);
  put(element, attributes);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

/** Sets attributes; null takes one away. What stands there already is not written again. */
export function put(element: Element, attributes: Attributes): void {
  let written = WRITTEN.get(element);
  if (!written) WRITTEN.set(element, (written = new Map()));
  for (const [name, value] of Object.entries(attributes)) {
    if (written.get(name) === value) continue;
    written.set(name, value);
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, typeof value === 'number' ? short(value) : value);
  }
}

/** A hundredth of a pixel is enough for any coordinate. */
const short = (value: number): string => (Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0');

export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: Element, visible: boolean): void {
  put(element, { display: visible ? null : 'none' });
}

export const classes = (...names: readonly (string | false)[]): string => names.filter(Boolean).join(' ');
