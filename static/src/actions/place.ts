/** The address and the browser's memory: which network, which moment, which language and theme. */
import type { Lang } from '../types/domain.ts';
import type { Role, State, Store, Theme } from '../types/state.ts';
import { subjectOf } from './travel.ts';

const NETWORK = 'slowprop.network';
const THEME = 'slowprop.theme';
const LANG = 'slowprop.lang';
const WRITE_MS = 200;

export interface Place {
  readonly network: string | null;
  readonly step: number | undefined;
  readonly at: string | null;
  /** The link by which somebody came here. */
  readonly link: { readonly role: Role; readonly token: string } | null;
}

const ROLES: readonly Role[] = ['edit', 'view'];

export function readPlace(address: URL | Location = location): Place {
  const network = /^\/n\/([^/]+)/.exec(address.pathname)?.[1] ?? null;
  const hash = new URLSearchParams(address.hash.slice(1));
  const step = Number.parseInt(hash.get('step') ?? '', 10);
  const role = ROLES.find((each) => hash.has(each));
  const link = role ? { role, token: hash.get(role) ?? '' } : null;
  return { network, step: Number.isNaN(step) || step < 0 ? undefined : step, at: hash.get('at')?.replace(/ $/, '+') ?? null, link };
}

/** A browser may refuse to remember; the page works without. */
function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value); } catch { /* private windows */ }
}
function recall(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}

export const rememberNetwork = (id: string): void => remember(NETWORK, id);
export const rememberedNetwork = (): string | null => recall(NETWORK);
export const rememberTheme = (theme: Theme): void => remember(THEME, theme);
export const rememberLang = (lang: Lang): void => remember(LANG, lang);

export function rememberedTheme(): Theme {
  const theme = recall(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** The address decides, then what was chosen last, then the language the service wrote the page in. */
export function startLang(): Lang {
  const asked = new URLSearchParams(location.search).get('lang') ?? recall(LANG) ?? document.documentElement.lang;
  return asked === 'ko' ? 'ko' : 'en';
}

/** The address follows the moment, so that a reload, a link or the other language comes back to it. */
export function followAddress(store: Store): void {
  let timer = 0;
  const write = (): void => history.replaceState(null, '', addressOf(store.get()));
  store.subscribe((now, was) => {
    if (!now.network || (now.held === was.held && now.cursor === was.cursor && now.network === was.network && now.lang === was.lang && now.selection === was.selection)) return;
    window.clearTimeout(timer);
    // Which network this is stands there at once; browsers refuse to write every moment of a scrub.
    if (readPlace().network === now.network.id) timer = window.setTimeout(write, WRITE_MS);
    else write();
  });
}

export function addressOf(state: State): string {
  const search = new URLSearchParams(location.search);
  if (search.has('lang') || state.lang !== document.documentElement.dataset['served']) search.set('lang', state.lang);
  const name = state.selection ?? subjectOf(state, state.cursor);
  const at = name.startsWith('phase:') ? '' : `&at=${encodeURIComponent(name).replaceAll('%2F', '/')}`;
  const query = search.size ? `?${search}` : '';
  const { held } = state;
  const link = held?.[held.as] ? `${held.as}=${held[held.as]}&` : '';
  return `/n/${state.network?.id}${query}#${link}step=${state.cursor.step}${at}`;
}
