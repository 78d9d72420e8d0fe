/** What the account holder is told about a refusal, in the language that suits her best. */
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { lookUpLanguage } from '../../domain/language-lookup.js';
import type { RefusalCode } from './refusal.js';
import english from './refusal-texts/en.json' with { type: 'json' };

interface AccountHolderText {
  readonly text: string;
  /** BCP 47 tag of the language that the text is in. */
  readonly language: string;
}

type RefusalTexts = Readonly<Record<RefusalCode, string>>;

/** Compiled in: so there is a text for every code, whatever the other files lack. */
const ENGLISH: RefusalTexts = english;

const FOLDER = new URL('./refusal-texts/', import.meta.url);
const TRANSLATION = z.record(z.string(), z.string());

export class RefusalTextBook {
  readonly #byLanguage: ReadonlyMap<string, Readonly<Partial<RefusalTexts>>>;

  constructor(translations: ReadonlyMap<string, Readonly<Partial<RefusalTexts>>>) {
    this.#byLanguage = new Map([...translations, ['en', ENGLISH]]);
  }

  /** BCP 47 tags, sorted. */
  get languages(): readonly string[] {
    return [...this.#byLanguage.keys()].sort();
  }

  /** For BCP 47 tags, best first; English when there is none of them. */
  textOf(code: RefusalCode, languages: readonly string[]): AccountHolderText {
    const best = lookUpLanguage(languages, (tag) => this.#byLanguage.get(tag)?.[code]);
    return best === undefined
      ? { text: ENGLISH[code], language: 'en' }
      : { text: best.found, language: best.language };
  }
}

/** Whatever translations lie in the folder: a translator adds a file, and no code. */
export async function readRefusalTexts(): Promise<RefusalTextBook> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json'));
  const translations = await Promise.all(
    files.map(async (file) => {
      const texts = TRANSLATION.parse(JSON.parse(await readFile(new URL(file, FOLDER), 'utf8')));
      return [file.slice(0, -'.json'.length), texts] as const;
    }),
  );
  return new RefusalTextBook(new Map(translations));
}
