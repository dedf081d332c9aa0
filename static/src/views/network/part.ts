/** What a part of the drawing is: built once for a layout, then painted from one frame after another. */
import type { Words } from '../../i18n/index.ts';
import type { Frame } from '../../model/frame.ts';
import type { Place } from '../../model/places.ts';
import { classes, draw, put, write } from '../../paint/svg.ts';

export interface Part { paint(frame: Frame): void }

/** Where parts put their elements, from the back to the front. */
export interface Layers {
  readonly lines: SVGGElement;
  readonly boxes: SVGGElement;
  readonly dots: SVGGElement;
  readonly slips: SVGGElement;
  readonly pills: SVGGElement;
  /** Gradients: what is being explained is never covered by a label that is not. */
  readonly notes: SVGGElement;
  readonly tags: SVGGElement;
}

export interface Stage { readonly layers: Layers; readonly words: Words }

export function layersOf(svg: SVGSVGElement): Layers {
  const layer = (name: string): SVGGElement => draw(svg, 'g', { class: name });
  return { lines: layer('lines'), boxes: layer('boxes'), dots: layer('dots'), slips: layer('slips'), pills: layer('pills'), notes: layer('notes'), tags: layer('tags') };
}

/** A thing that can be reached by key, tapped and pointed at. `select` is what a tap explains. */
export function touchable(parent: Element, className: string, key: string, select: string): SVGGElement {
  const group = draw(parent, 'g', { class: className, role: 'button', tabindex: -1, 'data-key': key, 'data-action': `select:${select}`, 'data-lights': select });
  draw(group, 'title');
  return group;
}

/**
 * What a screen reader says of it, and the tooltip. A title and no aria-label: that one would have to repeat the text
 * that can be seen word for word ("w5 0.40"), and a sentence does not.
 */
export function entitle(touchable: Element, text: string): void {
  const title = touchable.firstElementChild;
  if (title?.tagName === 'title') write(title, text);
}

/** Whether any of these differs from the last time it was asked; most labels are the same from frame to frame. */
export function changed(): (...seen: readonly unknown[]) => boolean {
  let last: readonly unknown[] = [];
  return (...seen) => {
    const differs = seen.length !== last.length || seen.some((value, place) => value !== last[place]);
    if (differs) last = seen;
    return differs;
  };
}

/** The classes that say how a place stands to what is looked at. */
export function mood(frame: Frame, place: Place): string {
  return classes(frame.now(place) && 'is-now', frame.faded(place) && 'is-faded', frame.hot(place) && 'is-hot', frame.selected(place) && 'is-selected');
}

export function dress(element: Element, base: string, frame: Frame, place: Place): void {
  put(element, { class: classes(base, mood(frame, place)) });
}
