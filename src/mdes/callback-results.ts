/** Reads what a token requestor appends to a callback URL: `results[receipt]=RESULT|tokenUniqueReference` per receipt. */
import { Secret } from '../domain/secret.js';

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
  readonly result: CallbackResultName;
}

const NAME = /^results\[([\x21-\x7e]{1,64})\]$/;
const VALUE = /^([A-Z_]{1,40})(?:\|[\x21-\x7e]{0,128})?$/;
/** A push has five receipts at most; who sends many more plays games. */
const MOST_RESULTS = 10;
const LONGEST_QUERY = 8192;

/**
 * @param query without its question mark; brackets and pipe may be encoded or not
 * @returns one entry per receipt; a receipt with two different results has none, and so has a query that is none of a
 *   requestor's. It is unsigned: whoever uses it has to know the receipts.
 */
export function readCallbackResults(query: string): readonly CallbackResult[] {
  if (query.length > LONGEST_QUERY) return [];
  const byReceipt = new Map<string, CallbackResultName | null>();
  let seen = 0;
  for (const [name, value] of new URLSearchParams(query)) {
    const receipt = NAME.exec(name)?.[1];
    if (receipt === undefined) continue;
    seen += 1;
    if (seen > MOST_RESULTS) return [];
    const word = VALUE.exec(value)?.[1];
    const result = CALLBACK_RESULTS.find((known) => known === word);
    if (result === undefined) continue;
    const known = byReceipt.get(receipt);
    byReceipt.set(receipt, known === undefined || known === result ? result : null);
  }
  return [...byReceipt].flatMap(([receipt, result]) =>
    result === null ? [] : [{ receipt: new Secret(receipt), result }],
  );
}
