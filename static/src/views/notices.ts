/** What went wrong or was done: the offline banner, the network that is gone, refusals, toasts. */
import { told, words } from '../i18n/index.ts';
import type { Notice, State, Store } from '../types/state.ts';
import { h, replace, watch, type Child } from './dom.ts';
import { icon } from './icons.ts';

export function mountNotices(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.lang, state.offline, state.gone, state.problem, state.notices, state.dialog], () => draw(host, store.get()));
}

function draw(host: HTMLElement, state: State): void {
  replace(host, ...banners(state), ...state.notices.map((notice) => toast(state, notice)));
}

function banners(state: State): Child[] {
  const say = words(state.lang).trouble;
  if (state.offline) return [banner('offline', say.offline, h('button', { type: 'button', 'data-action': 'retry' }, say.retry))];
  if (state.gone) return [banner('gone', say.gone, h('button', { type: 'button', class: 'primary', 'data-action': 'open-example' }, say.openExample))];
  if (state.problem && !state.dialog) {
    const { code, message, faults } = state.problem;
    const details = (faults.length ? faults : [{ code, detail: message }]).map((fault) => told(state.lang, fault));
    return [banner('problem', [...new Set(details)].join(' '), closeButton('dismiss-problem', say.close))];
  }
  return [];
}

const banner = (kind: string, text: string, ...controls: Child[]): HTMLElement =>
  h('div', { class: 'banner', role: 'alert', 'data-banner': kind }, h('p', {}, text), ...controls);

const closeButton = (action: string, label: string): HTMLElement =>
  h('button', { type: 'button', class: 'square small', 'data-action': action, 'aria-label': label }, icon('close'));

function toast(state: State, { id, text, undoable }: Notice): HTMLElement {
  const say = words(state.lang).edit;
  return h('div', { class: 'toast', role: 'status' }, h('p', {}, text),
    undoable && h('button', { type: 'button', class: 'small', 'data-action': 'undo' }, say.undo),
    closeButton(`dismiss:${id}`, say.close));
}
