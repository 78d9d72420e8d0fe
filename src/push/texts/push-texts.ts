/** What the account holder is told about a push, and about each of its accounts. */
import { type Push, type PushedAccount, refusalOf } from '../push.js';
import { type PushStatus, pushStatus } from '../push-status.js';
import type { RefusalTextBook } from '../refusals/refusal-texts.js';
import type { WalletOutcome } from '../wallet-outcome.js';
import english from './push-texts/en.json' with { type: 'json' };
import { type AccountHolderText, readTranslations, TextBook, type Translations } from './text-book.js';

/** Where both know a word (DECLINED, CANCELLED), one text does for the push and for an account of it. */
type PushTextCode = PushStatus | WalletOutcome;

/** The texts, and the languages of who reads them, best first. */
export interface PushReader {
  readonly pushTexts: PushTextBook;
  readonly refusalTexts: RefusalTextBook;
  readonly languages: readonly string[];
}

export class PushTextBook extends TextBook<PushTextCode> {
  constructor(translations: Translations<PushTextCode>) {
    super(english, translations);
  }
}

export async function readPushTexts(): Promise<PushTextBook> {
  return new PushTextBook(await readTranslations(new URL('./push-texts/', import.meta.url)));
}

/** What holds for all of its accounts, if anything does; else what its status says. */
export function textOfPush(push: Push, reader: PushReader): AccountHolderText {
  const [first, ...others] = push.accounts;
  const only = first !== undefined && others.length === 0 ? textOfAccount(push, first, reader) : null;
  if (only !== null) return only;
  const common = first?.outcome?.outcome;
  const isCommon = others.every(({ outcome }) => outcome?.outcome === common);
  const code = common !== undefined && isCommon ? common : pushStatus(push);
  return reader.pushTexts.textOf(code, reader.languages);
}

/** null until something is known. */
export function textOfAccount(
  push: Push,
  account: PushedAccount,
  { pushTexts, refusalTexts, languages }: PushReader,
): AccountHolderText | null {
  const refusal = refusalOf(push, account);
  if (refusal !== null) return refusalTexts.textOf(refusal.code, languages);
  return account.outcome === null ? null : pushTexts.textOf(account.outcome.outcome, languages);
}
