import type { Lang } from '../types/domain.ts';
import { en, type Words } from './en.ts';
import { ko } from './ko.ts';

export type { Words };
const LANGUAGES: { readonly [lang in Lang]: Words } = { en, ko };

export const words = (lang: Lang): Words => LANGUAGES[lang];
