/** What the account holder reads, in the language that suits her best: one text per code and language. */
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { lookUpLanguage } from '../../domain/language-lookup.js';

export interface AccountHolderText {
  readonly text: string;
  /** BCP 47 tag of the language that the text is in. */
  readonly language: string;
}

type Texts<Code extends string> = Readonly<Record<Code, string>>;
export type Translations<Code extends string> = ReadonlyMap<string, Readonly<Partial<Texts<Code>>>>;

const TRANSLATION = z.record(z.string(), z.string());

export class TextBook<Code extends string> {
  readonly #english: Texts<Code>;
  readonly #byLanguage: Translations<Code>;

  /** @param english compiled in: so there is a text for every code, whatever the translations lack */
  constructor(english: Texts<Code>, translations: Translations<Code>) {
    this.#english = english;
    this.#byLanguage = new Map([...translations, ['en', english]]);
  }

  /** BCP 47 tags, sorted. */
  get languages(): readonly string[] {
    return [...this.#byLanguage.keys()].sort();
  }

  /** For BCP 47 tags, best first; English when there is none of them. */
  textOf(code: Code, languages: readonly string[]): AccountHolderText {
    const best = lookUpLanguage<string>(languages, (tag) => this.#byLanguage.get(tag)?.[code]);
    return best === undefined
      ? { text: this.#english[code], language: 'en' }
      : { text: best.found, language: best.language };
  }
}

/** Whatever translations lie in the folder: a translator adds a file, and no code. */
export async function readTranslations<Code extends string>(folder: URL): Promise<Translations<Code>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const translations = await Promise.all(
    files.map(async (file) => {
      const texts = TRANSLATION.parse(JSON.parse(await readFile(new URL(file, folder), 'utf8')));
      return [file.slice(0, -'.json'.length), texts as Partial<Texts<Code>>] as const;
    }),
  );
  return new Map(translations);
}
