/** Language, theme, speed, how closely: what a person likes, kept in the browser. */
import { clock } from '../paint/clock.ts';
import type { Lang } from '../types/domain.ts';
import type { Grain, Store, Theme } from '../types/state.ts';
import { words } from '../i18n/index.ts';
import { rememberLang, rememberTheme } from './place.ts';
import { enqueue } from './session.ts';
import { cardAt, subjectOf } from './travel.ts';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const GRAINS: readonly Grain[] = ['phase', 'calculation', 'step'];

/** The moment stays: only the words change, and the card that stands there is asked for in the other language. */
export function switchLanguage(store: Store): Promise<void> {
  return enqueue(store, async () => {
    const lang: Lang = store.get().lang === 'en' ? 'ko' : 'en';
    store.set({ lang });
    rememberLang(lang);
    const state = store.get();
    const card = await cardAt(store, state.selection ?? subjectOf(state, state.cursor), state.cursor.step);
    store.set({ card, headline: await cardAt(store, 'headline', state.cursor.step) });
  });
}

export function switchTheme(store: Store): void {
  const theme = THEMES[(THEMES.indexOf(store.get().theme) + 1) % THEMES.length] ?? 'auto';
  rememberTheme(theme);
  store.set({ theme });
}

export function setGrain(store: Store, wanted: unknown): void {
  const grain = GRAINS.find((each) => each === wanted);
  if (grain) store.set({ grain });
}

export function setNumber(store: Store, key: 'speed' | 'nudgeSize', wanted: unknown): void {
  const value = Number(wanted);
  if (value > 0) store.set(key === 'speed' ? { speed: value } : { nudgeSize: value });
}

/** What CSS, tests and screen readers read from the root element: told in the frame that draws it, after the views. */
export function followRoot(store: Store): void {
  const root = document.documentElement;
  const draw = (): void => {
    const { lang, theme, cursor, moment, calculations, waiting } = store.get();
    root.lang = lang;
    document.title = words(lang).title;
    if (theme === 'auto') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.dataset['step'] = String(cursor.step);
    root.dataset['phase'] = cursor.phase;
    root.toggleAttribute('data-waiting', waiting);
    if (moment && calculations.total) root.dataset['ready'] = '';
  };
  draw();
  store.subscribe(() => clock.soon(draw));
}

