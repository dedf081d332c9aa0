/**
 * A link for looking: whatever would change the network is greyed out and says why. Here and not in each view, so that
 * a new button follows by itself.
 */
import { forbidden, viewing } from '../actions/sharing.ts';
import { words } from '../i18n/index.ts';
import { clock } from '../paint/clock.ts';
import type { State, Store } from '../types/state.ts';

const BUTTONS = 'button[data-action]';

export function mountLooking(store: Store): void {
  const draw = (): void => { for (const button of document.querySelectorAll<HTMLButtonElement>(BUTTONS)) mark(button, store.get()); };
  const drawn = new MutationObserver(() => clock.soon(draw));
  store.subscribe((now, was) => {
    if (now.held !== was.held && viewing(now)) drawn.observe(document.body, { childList: true, subtree: true });
    if (viewing(now) || viewing(was)) clock.soon(draw);
  });
}

/** What a button was before it was greyed out. */
const before = new WeakMap<HTMLButtonElement, { readonly disabled: boolean; readonly title: string }>();

function mark(button: HTMLButtonElement, state: State): void {
  const was = before.get(button);
  const refused = forbidden(state, actionOf(button));
  if (refused === Boolean(was)) return;
  if (was) before.delete(button);
  else before.set(button, { disabled: button.disabled, title: button.title });
  Object.assign(button, was ?? { disabled: true, title: words(state.lang).looking.why });
}

/** The menu that trains and all that is in it. */
function actionOf(button: HTMLButtonElement): string {
  const action = button.dataset['action'] ?? '';
  return action.startsWith('train-') ? 'train' : action;
}
