/** The line of a weight: width for size, colour and dash for sign, a halo while it is used, a ghost of the old width. */
import type { Frame } from '../../model/frame.ts';
import type { EdgeLine } from '../../model/layout.ts';
import { mix } from '../../model/motion.ts';
import { edgeWidth, signColour } from '../../model/scales.ts';
import type { Place } from '../../model/places.ts';
import { classes, draw, put, show } from '../../paint/svg.ts';
import { changed, mood, type Part, type Stage } from './part.ts';

export interface Segment { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
interface LineOf { readonly name: string; readonly layer: number; readonly place: Place; readonly thin: number }

export function edge(stage: Stage, line: EdgeLine, widest: number): Part {
  return strand(stage, line, { name: line.name, layer: line.layer, place: `edge:${line.name}`, thin: widest });
}

export function strand(stage: Stage, segment: Segment, of: LineOf): Part {
  const at = { x1: segment.x1, y1: segment.y1, x2: segment.x2, y2: segment.y2 };
  const group = draw(stage.layers.lines, 'g', { class: 'strand', 'data-action': `select:${of.name}`, 'data-lights': of.name, 'data-parameter': of.name });
  const line = draw(group, 'line', { ...at, class: 'line' });
  const differs = changed();
  const extra = lazily(() => ({
    halo: draw(group, 'line', { ...at, class: 'halo' }), rim: draw(group, 'line', { ...at, class: 'rim' }), ghost: draw(group, 'line', { ...at, class: 'ghost' }),
  }), (made) => { for (const element of [made.ghost, made.rim, made.halo]) group.prepend(element); });
  return {
    paint(frame) {
      const { old, value } = valuesOf(frame, of);
      const looks = classes('strand', mood(frame, of.place));
      if (!differs(looks, value, old, frame.widthDomain)) return;
      const width = edgeWidth(value, frame.widthDomain, of.thin);
      put(group, { class: looks });
      put(line, { stroke: signColour(value, frame.widthDomain), 'stroke-width': width, 'stroke-dasharray': value < 0 ? '12 6' : null });
      const lit = frame.now(of.place) || frame.hot(of.place) || frame.selected(of.place);
      const moved = old !== null;
      if (!lit && !moved && !extra.made()) return;
      const { halo, rim, ghost } = extra.get();
      show(halo, lit);
      show(rim, lit);
      show(ghost, moved);
      put(halo, { 'stroke-width': width + 16 });
      put(rim, { 'stroke-width': width + 5 });
      if (old !== null) put(ghost, { 'stroke-width': edgeWidth(old, frame.widthDomain, of.thin) });
    },
  };
}

/** The value that the line shows now, and the one it had before while that is still to be seen. */
function valuesOf(frame: Frame, of: LineOf): { value: number; old: number | null } {
  const { share, before, after } = frame.parameter(of.name, of.layer);
  if (share <= 0) return { value: before.value, old: null };
  return { value: mix(before.value, after.value, share), old: before.value };
}

/** Most edges are never lit: their halo is made the first time it is needed. */
function lazily<T>(make: () => T, after: (made: T) => void): { get(): T; made(): boolean } {
  let made: T | null = null;
  return {
    made: () => made !== null,
    get() {
      if (made === null) {
        made = make();
        after(made);
      }
      return made;
    },
  };
}
