/** A strip over all recorded steps, with the error behind it: drag, click or use the keys to stand at any of them. */
import { words } from '../../i18n/index.ts';
import { overview } from '../../model/numbers.ts';
import { clock } from '../../paint/clock.ts';
import type { State, Store } from '../../types/state.ts';
import { h } from '../dom.ts';
import { grouped } from '../number.ts';
import { sparkline } from './sparkline.ts';

const PAGES = 20;

export function mountScrubber(host: HTMLElement, store: Store): void {
  const curve = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const handle = h('span', { class: 'scrub-handle' });
  const slider = h('div', { class: 'scrubber', role: 'slider', tabindex: 0, 'data-action': 'scrub', 'aria-valuemin': 0 }, handle);
  slider.prepend(curve);
  host.append(slider);
  let dragging = false;

  const paint = (): void => paintScrubber(slider, handle, curve, store.get());
  const moveTo = (step: number): void => {
    const last = lastStep(store.get());
    const wanted = Math.max(0, Math.min(last, Math.round(step)));
    if (wanted !== store.get().cursor.step) store.run('scrub', wanted);
  };
  const follow = (event: PointerEvent): void => {
    const box = slider.getBoundingClientRect();
    moveTo(((event.clientX - box.left) / Math.max(1, box.width)) * lastStep(store.get()));
  };

  slider.addEventListener('pointerdown', (event) => {
    dragging = true;
    slider.setPointerCapture(event.pointerId);
    follow(event);
  });
  slider.addEventListener('pointermove', (event) => { if (dragging) follow(event); });
  for (const end of ['pointerup', 'pointercancel'] as const) slider.addEventListener(end, () => { dragging = false; });
  // The page runs `data-action` on a click; here the place of the click is what counts, and it has been used already.
  slider.addEventListener('click', (event) => event.preventDefault());
  slider.addEventListener('keydown', (event) => {
    const to = stepFor(event.key, store.get());
    if (to === null) return;
    event.preventDefault();
    moveTo(to);
  });
  store.subscribe((now, was) => {
    if (now.cursor.step !== was.cursor.step || now.network !== was.network || now.history !== was.history || now.lang !== was.lang) clock.soon(paint);
  });
  paint();
}

const lastStep = (state: State): number => state.network?.step ?? 0;

/** As in every slider: arrows by one, Page keys by a twentieth, Home and End to the ends. */
function stepFor(key: string, state: State): number | null {
  const [here, last] = [state.cursor.step, lastStep(state)];
  const page = Math.max(1, Math.round(last / PAGES));
  switch (key) {
    case 'ArrowRight': case 'ArrowUp': return here + 1;
    case 'ArrowLeft': case 'ArrowDown': return here - 1;
    case 'PageUp': return here + page;
    case 'PageDown': return here - page;
    case 'Home': return 0;
    case 'End': return last;
    default: return null;
  }
}

function paintScrubber(slider: HTMLElement, handle: HTMLElement, curve: SVGSVGElement, state: State): void {
  const say = words(state.lang).charts;
  const last = lastStep(state);
  const step = Math.min(state.cursor.step, last);
  slider.hidden = last === 0;
  handle.style.left = `${last > 0 ? (100 * step) / last : 0}%`;
  slider.setAttribute('aria-label', say.scrub);
  slider.setAttribute('aria-valuemax', String(last));
  slider.setAttribute('aria-valuenow', String(step));
  const error = state.moment?.value('E_batch') ?? NaN;
  slider.setAttribute('aria-valuetext', say.scrubValue(grouped(step), grouped(last), overview(error)));
  sparkline(curve, state.history);
}
