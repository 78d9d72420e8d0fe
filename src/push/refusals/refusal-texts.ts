/** What the account holder is told about a refusal. */
import { readTranslations, TextBook, type Translations } from '../texts/text-book.js';
import type { RefusalCode } from './refusal.js';
import english from './refusal-texts/en.json' with { type: 'json' };

export class RefusalTextBook extends TextBook<RefusalCode> {
  constructor(translations: Translations<RefusalCode>) {
    super(english, translations);
  }
}

export async function readRefusalTexts(): Promise<RefusalTextBook> {
  return new RefusalTextBook(await readTranslations(new URL('./refusal-texts/', import.meta.url)));
}
