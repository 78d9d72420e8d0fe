/** What a kept answer is made of, and whether the catalogue still says the same. */

import type { RangeEntry, Ref } from '../../catalogue/catalogue-entries.js';
import type { CatalogueStatus } from '../../catalogue/catalogue-status.js';
import type { Edition } from '../../catalogue/issuer-wide.js';
import type { AccountRange } from '../../domain/account-range.js';
import type { AnswerBasis } from '../../schema/answer-basis.js';

/** What the server's catalogue must tell. */
export interface StandingCatalogue {
  readonly requestorCount: number;
  readonly logoChanges: number;
  standing(ranges: readonly AccountRange[]): Promise<readonly RangeEntry[] | undefined>;
  edition(): Promise<Edition | undefined>;
  status(): CatalogueStatus;
}

export interface Foundation {
  readonly ranges: readonly AccountRange[];
  /** How the catalogue said it: lists are named by what they say; of two that differ the newer counts. */
  readonly said: readonly { readonly ref: Ref; readonly storedAt: number }[];
  /** Of what it said over all ranges; null where nothing of that is in the answer. */
  readonly ofRanges: number | null;
  readonly ofAll: number | null;
  readonly status: CatalogueStatus | null;
  /** As many as its cost was judged with: with more it might cost too much. */
  readonly requestorCount: number;
  readonly logoChanges: number;
}

export function foundationOf({ entries, ...basis }: AnswerBasis): Foundation {
  const { ofRanges, ofAll, status, requestorCount, logoChanges } = basis;
  return {
    ranges: [...entries.keys()],
    said: [...entries.values()].map(({ list, storedAt }) => ({ ref: list.ref, storedAt })),
    ofRanges,
    ofAll,
    status,
    requestorCount,
    logoChanges,
  };
}

export async function stands(foundation: Foundation, catalogue: StandingCatalogue): Promise<boolean> {
  const { ranges, said, ofRanges, ofAll, status, requestorCount, logoChanges } = foundation;
  if (catalogue.logoChanges !== logoChanges || catalogue.requestorCount > requestorCount) return false;
  const entries = await catalogue.standing(ranges);
  if (entries === undefined) return false;
  if (
    entries.some(({ list, storedAt }, at) => said[at]?.ref !== list.ref || said[at]?.storedAt !== storedAt)
  ) {
    return false;
  }
  if (ofRanges !== null || ofAll !== null) {
    const edition = await catalogue.edition();
    if (edition === undefined) return false;
    if (ofRanges !== null && edition.ofRanges !== ofRanges) return false;
    if (ofAll !== null && edition.ofAll !== ofAll) return false;
  }
  return status === null || isSame(status, catalogue.status());
}

function isSame(one: CatalogueStatus, other: CatalogueStatus): boolean {
  return (
    one.asOf === other.asOf &&
    one.stale === other.stale &&
    one.nextRefreshAt === other.nextRefreshAt &&
    one.tokenRequestorCount === other.tokenRequestorCount
  );
}
