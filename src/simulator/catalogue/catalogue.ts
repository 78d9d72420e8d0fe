/** Everything that MDES knows here: account ranges, token requestors and their logos. */
import type { AccountRange } from '../../domain/account-range.js';
import { createRangeLookup, type KnownRange, listKnownRanges, type RangeOf } from './account-ranges.js';
import type { CatalogueEntry } from './catalogue-entry.js';
import { createLogoFiles, type LogoFiles } from './logo-files.js';
import { magicEntries } from './magic.js';
import { MERCHANTS } from './merchants.js';
import { WALLETS } from './wallets.js';

export interface SimulatedCatalogue {
  readonly requestors: readonly CatalogueEntry[];
  readonly ranges: ReadonlyMap<AccountRange, KnownRange>;
  readonly rangeOf: RangeOf;
  readonly logos: LogoFiles;
  add(requestor: CatalogueEntry): void;
  /** How many were added. */
  added(): number;
}

export function createCatalogue(): SimulatedCatalogue {
  const ranges = listKnownRanges();
  const requestors = [...WALLETS, ...MERCHANTS, ...magicEntries()];
  const atTheStart = requestors.length;
  return {
    requestors,
    add: (requestor) => void requestors.push(requestor),
    added: () => requestors.length - atTheStart,
    ranges: new Map(ranges.map((range) => [range.start, range])),
    rangeOf: createRangeLookup(ranges),
    logos: createLogoFiles(),
  };
}
