/** What the answer to one request was made of: as long as that stands, the same request is answered the same. */

import type { RangeEntry } from '../catalogue/catalogue-entries.js';
import type { CatalogueStatus } from '../catalogue/catalogue-status.js';
import type { AccountRange } from '../domain/account-range.js';
import type { FundingAccount } from '../domain/funding-account.js';

/** `BY_IDS`: public, but the ids of the holder's accounts count, not only their ranges. */
export type AnswerScope = 'PRIVATE' | 'PUBLIC' | 'BY_IDS';

export class AnswerBasis {
  /** Known when it has been answered without an error. */
  scope: AnswerScope = 'PRIVATE';
  /** With how many requestors its cost was judged. */
  requestorCount = 0;
  /** How often it had become known which forms a logo has. */
  logoChanges = 0;
  /** What the catalogue said of the ranges that were asked for. */
  readonly entries = new Map<AccountRange, RangeEntry>();
  /** Of what the catalogue said over all ranges, where it was asked what a requestor is enabled for; see `Edition`. */
  ofRanges: number | null = null;
  /** The same, where it was asked for everything. */
  ofAll: number | null = null;
  /** How old the catalogue was, where that was asked for. */
  status: CatalogueStatus | null = null;
  /** The account holder's, where they were asked for. */
  accounts: readonly FundingAccount[] | null = null;
  /** Whether it hangs on anything else: no other answer is the same. */
  hasMore = false;
}
