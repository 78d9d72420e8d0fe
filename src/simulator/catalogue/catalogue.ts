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
}

export function createCatalogue(): SimulatedCatalogue {
  const ranges = listKnownRanges();
  return {
    requestors: [...WALLETS, ...MERCHANTS, ...magicEntries()],
    ranges: new Map(ranges.map((range) => [range.start, range])),
    rangeOf: createRangeLookup(ranges),
    logos: createLogoFiles(),
  };
}
