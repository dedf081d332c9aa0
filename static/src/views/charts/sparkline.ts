/** The error as a faint ground under the scrubber: where it falls fast is where looking is worth while. */
import { draw } from '../../paint/svg.ts';
import type { History } from '../../types/state.ts';
import { placesToDraw, pointsAt } from '../../model/series.ts';

const [WIDTH, HEIGHT, POINTS] = [400, 24, 200];
const DRAWN = new WeakMap<SVGSVGElement, History | null>();

export function sparkline(svg: SVGSVGElement, history: History | null): void {
  if (DRAWN.get(svg) === history) return;
  DRAWN.set(svg, history);
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  svg.replaceChildren();
  const path = history && pathOf(history);
  if (path) draw(svg, 'path', { d: path, class: 'spark' });
}

function pathOf({ steps, loss }: History): string | null {
  const last = steps.at(-1) ?? 0;
  const points = pointsAt({ steps, values: loss }, placesToDraw(steps, false, POINTS)).filter(({ value }) => Number.isFinite(value));
  const heights = points.map(({ value }) => Math.log10(Math.max(value, Number.MIN_VALUE)));
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  if (!(high > low) || last < 1) return null;
  const y = (height: number): number => HEIGHT - 2 - ((height - low) / (high - low)) * (HEIGHT - 4);
  const way = points.map(({ step }, place) => `${((step / last) * WIDTH).toFixed(1)} ${y(heights[place] ?? low).toFixed(1)}`);
  return `M0 ${HEIGHT}L${way.join('L')}L${WIDTH} ${HEIGHT}Z`;
}
