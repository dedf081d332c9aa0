/** The drawing is one stop of the Tab key; within it the arrow keys walk from neighbour to neighbour. */
import type { NetLayout } from '../../model/layout.ts';
import { neighbour, type Direction } from '../../model/neighbours.ts';
import type { Structure } from '../../model/structure.ts';
import type { Store } from '../../types/state.ts';

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export interface Walk {
  /** To be called when the drawing was built anew: the focus goes back to where it was. */
  rebuilt(layout: NetLayout, structure: Structure): void;
}

/** Listens on the element around the drawing: an SVG that listens to the focus itself becomes a stop of the Tab key. */
export function walk(host: HTMLElement, store: Store): Walk {
  let ground: { layout: NetLayout; structure: Structure } | null = null;
  let here: string | null = null;

  const find = (key: string | null): SVGGElement | null => (key === null ? null : host.querySelector<SVGGElement>(`[data-key="${CSS.escape(key)}"]`));

  const stand = (key: string | null): void => {
    find(here)?.setAttribute('tabindex', '-1');
    here = find(key) ? key : firstKey(host);
    find(here)?.setAttribute('tabindex', '0');
  };

  host.addEventListener('focusin', (event) => {
    const key = keyOf(event.target);
    if (key) stand(key);
  });
  host.addEventListener('keydown', (event) => {
    const key = keyOf(event.target);
    // After a tap the keys stay the stepper's; only who came here by key walks here by key.
    if (!key || !ground || !(event.target as Element).matches(':focus-visible') || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const direction = DIRECTIONS[event.key];
    const next = direction && neighbour(ground.layout, ground.structure, key, direction);
    if (direction) event.preventDefault();
    if (next) find(next)?.focus();
    if (event.key === 'Enter' || event.key === ' ' || event.key === 'F2') {
      event.preventDefault();
      activate(store, event.target as Element, event.key);
    }
  });
  host.addEventListener('dblclick', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const parameter = target?.closest('[data-parameter]')?.getAttribute('data-parameter');
    // A number opens its own editor, see `views/editor.ts`.
    if (parameter && !target?.closest('[data-name]')) store.run('edit', parameter);
  });

  return {
    rebuilt(layout, structure) {
      ground = { layout, structure };
      stand(here);
    },
  };
}

const keyOf = (target: EventTarget | null): string | null =>
  (target instanceof Element ? target.closest('[data-key]')?.getAttribute('data-key') ?? null : null);

const firstKey = (host: HTMLElement): string | null => host.querySelector('[data-key]')?.getAttribute('data-key') ?? null;

/** Enter selects; on a weight that is selected already, Enter edits, as F2 does at once. */
function activate(store: Store, target: Element, pressed: string): void {
  const element = target.closest('[data-key]');
  const parameter = element?.getAttribute('data-parameter');
  if (parameter && (pressed === 'F2' || (pressed === 'Enter' && store.get().selection === parameter))) return store.run('edit', parameter);
  const action = element?.getAttribute('data-action');
  if (action && pressed !== 'F2') store.run(action);
}
