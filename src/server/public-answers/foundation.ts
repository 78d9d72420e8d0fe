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
  /** The same two, as far as nobody need be asked for it. */
  atHand(ranges: readonly AccountRange[]): readonly RangeEntry[] | undefined;
  editionAtHand(): Edition | undefined;
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
  if (hasGrown(foundation, catalogue)) return false;
  if (!isSaid(await catalogue.standing(foundation.ranges), foundation)) return false;
  if (isOfAll(foundation) && !isEdition(await catalogue.edition(), foundation)) return false;
  return isStatus(catalogue, foundation);
}

/** The same, as far as nobody need be asked for it: false where one has to look. */
export function standsAtHand(foundation: Foundation, catalogue: StandingCatalogue): boolean {
  if (hasGrown(foundation, catalogue)) return false;
  if (!isSaid(catalogue.atHand(foundation.ranges), foundation)) return false;
  if (isOfAll(foundation) && !isEdition(catalogue.editionAtHand(), foundation)) return false;
  return isStatus(catalogue, foundation);
}

function hasGrown({ requestorCount, logoChanges }: Foundation, catalogue: StandingCatalogue): boolean {
  return catalogue.logoChanges !== logoChanges || catalogue.requestorCount > requestorCount;
}

function isSaid(entries: readonly RangeEntry[] | undefined, { said }: Foundation): boolean {
  if (entries === undefined) return false;
  return entries.every(
    ({ list, storedAt }, at) => said[at]?.ref === list.ref && said[at]?.storedAt === storedAt,
  );
}

function isOfAll({ ofRanges, ofAll }: Foundation): boolean {
  return ofRanges !== null || ofAll !== null;
}

function isEdition(edition: Edition | undefined, { ofRanges, ofAll }: Foundation): boolean {
  if (edition === undefined) return false;
  return (ofRanges === null || edition.ofRanges === ofRanges) && (ofAll === null || edition.ofAll === ofAll);
}

function isStatus(catalogue: StandingCatalogue, { status }: Foundation): boolean {
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
