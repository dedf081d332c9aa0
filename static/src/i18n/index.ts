import type { Lang } from '../types/domain.ts';
import { en, type Words } from './en.ts';
import { ko } from './ko.ts';

export type { Words };
const LANGUAGES: { readonly [lang in Lang]: Words } = { en, ko };

export const words = (lang: Lang): Words => LANGUAGES[lang];

/** What the service says is English: where the page has words of its own for its kind, they come first. */
export function told(lang: Lang, { code, detail }: { readonly code: string; readonly detail: string }): string {
  const own = words(lang).trouble.codes[code];
  return own ? `${own} (${detail})` : detail;
}
