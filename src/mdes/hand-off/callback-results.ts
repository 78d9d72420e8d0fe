/** Reads what a token requestor appends to a callback URL: `results[receipt]=RESULT|tokenUniqueReference` per receipt. */
import { Secret } from '../../domain/secret.js';

/** MDES's own words for what became of a receipt. */
export const CALLBACK_RESULTS = [
  'APPROVED',
  'REQUIRE_ADDITIONAL_AUTHENTICATION',
  'DECLINED',
  'CANCELLED',
  'ERROR',
  'DUPLICATE_REQUEST',
  'AUTHENTICATED',
  'DELETED',
] as const;
export type CallbackResultName = (typeof CALLBACK_RESULTS)[number];

export interface CallbackResult {
  readonly receipt: Secret<string>;
  /** null: it is named, but what is said of it is no word of MDES that we know, or two words that differ. */
  readonly result: CallbackResultName | null;
}

/** Brackets and pipe may have been encoded twice; `amp;` is left of what was written for HTML. */
const NAME = /^(?:amp;)?results(?:\[|%5[bB])([\x21-\x7e]{1,64}?)(?:\]|%5[dD])$/;
/** A `+` in the reference reads as a blank where the requestor has not encoded it; a slash is put behind a whole URL. */
const VALUE = /^([A-Z_]{1,40})(?:\/{0,4}|(?:\||%7[cC])[\x20-\x7e]{0,128})$/;
/** A push has five receipts at most; who sends many more plays games. */
const MOST_RESULTS = 10;
const LONGEST_QUERY = 8192;

/** Of a query without its question mark: some append with another one, as if there were none yet. */
export function callbackParameters(query: string): URLSearchParams {
  return new URLSearchParams(query.replaceAll('?', '&'));
}

/**
 * @param query without its question mark; brackets and pipe may be encoded or not
 * @returns one entry per receipt that is named; none for a query that is none of a requestor's. It is unsigned: whoever
 *   uses it has to know the receipts.
 */
export function readCallbackResults(query: string): readonly CallbackResult[] {
  if (query.length > LONGEST_QUERY) return [];
  const byReceipt = new Map<string, CallbackResultName | null>();
  let seen = 0;
  for (const [name, value] of callbackParameters(query)) {
    const receipt = NAME.exec(name)?.[1];
    if (receipt === undefined) continue;
    seen += 1;
    if (seen > MOST_RESULTS) return [];
    const word = VALUE.exec(value)?.[1];
    const result = CALLBACK_RESULTS.find((known) => known === word) ?? null;
    const known = byReceipt.get(receipt);
    byReceipt.set(receipt, known === undefined || known === result ? result : null);
  }
  return [...byReceipt].map(([receipt, result]) => ({ receipt: new Secret(receipt), result }));
}
