/** One polite line per step for screen readers; nothing is said while the numbers run. */
import { grouped, overview } from '../model/numbers.ts';
import { words } from '../i18n/index.ts';
import type { Store } from '../types/state.ts';
import { watch } from './dom.ts';

export function mountStatus(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.cursor.step, state.lang, state.moment === null], () => {
    const { moment, cursor, lang } = store.get();
    const error = moment?.value('E_batch');
    host.textContent = error === undefined ? '' : words(lang).status(grouped(cursor.step), overview(error));
  });
}
