/** The app's own words, by language; what the gateway says comes in the same language by itself. */
import { arabic } from './ar.js';
import { german } from './de.js';
import { english, type Words } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { italian } from './it.js';
import { dutch } from './nl.js';
import { portuguese } from './pt.js';

export type { Words };

/** As each calls itself. */
export const LANGUAGES = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
  pt: 'Português',
} as const;
export type Language = keyof typeof LANGUAGES;

const ALL: Readonly<Record<Language, Words>> = {
  en: english,
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};

export function wordsIn(language: Language): Words {
  return ALL[language];
}

export function directionOf(language: string): 'rtl' | 'ltr' {
  return language.startsWith('ar') ? 'rtl' : 'ltr';
}

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}
