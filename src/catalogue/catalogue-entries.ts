/** What the catalogue keeps per account range and per logo, and how it is read back from a cache that may hold anything. */
import { z } from 'zod';
import type { AccountRange } from '../domain/account-range.js';
import type { Asset } from '../domain/asset.js';
import {
  ACCOUNT_HOLDER_DATA_ITEMS,
  isTokenRequestorId,
  PLATFORMS,
  TOKEN_REQUESTOR_TYPES,
  type TokenRequestor,
} from '../domain/token-requestor.js';

/** Part of every cache key: raise it when an entry's form changes, and releases can share a Redis. */
export const ENTRY_FORMAT = 2;

/** The token requestors that are enabled for one account range; may be none. */
export interface RangeEntry {
  readonly storedAt: number;
  readonly tokenRequestors: readonly CataloguedRequestor[];
}

/** A token requestor without the ranges: those follow from the entries that it stands in. */
export type CataloguedRequestor = Omit<TokenRequestor, 'enabledAccountRanges'>;

export function rangeKey(range: AccountRange): string {
  return `range-${range}`;
}

export function assetKey(assetId: string): string {
  return `asset-${assetId}`;
}

const storedRequestor = z.object({
  id: z.string().refine(isTokenRequestorId),
  name: z.string(),
  consumerFacingEntityName: z.string(),
  type: z.enum(TOKEN_REQUESTOR_TYPES),
  walletId: z.string().nullable(),
  imageAssetId: z.string().nullable(),
  supportedPushMethods: z.array(z.enum(PLATFORMS)),
  supportsMultiplePushedCards: z.boolean(),
  supportedAccountHolderData: z.array(z.enum(ACCOUNT_HOLDER_DATA_ITEMS)),
  supportsCardHolderAuthentication: z.boolean(),
  supportsIssuerInitiatedDigitizationData: z.boolean(),
});

const storedRange = z.object({
  storedAt: z.number(),
  tokenRequestors: z.array(storedRequestor),
});

const storedAsset = z.object({
  asset: z
    .object({
      id: z.string(),
      mediaContents: z.array(
        z.object({
          type: z.string(),
          data: z.string(),
          width: z.number().nullable(),
          height: z.number().nullable(),
        }),
      ),
    })
    .nullable(),
});

/** Reads range entries; what the cache hands out again and again as one object is looked through once. */
export class RangeReader {
  readonly #read = new WeakMap<object, RangeEntry>();

  /** undefined when the cache holds nothing, or nothing that is one. */
  read(value: unknown): RangeEntry | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    return this.#read.get(value) ?? storedRange.safeParse(value).data;
  }

  /** From now on `entry`, which says the same, is what is read from `value`. */
  remember(value: unknown, entry: RangeEntry): void {
    if (typeof value === 'object' && value !== null) this.#read.set(value, entry);
  }
}

/** `asset` is null where MDES has none of that id. */
export function readAssetEntry(value: unknown): { readonly asset: Asset | null } | undefined {
  return storedAsset.safeParse(value).data;
}

/** What MDES said about `ranges`, split per range. */
export function splitByRange(
  ranges: readonly AccountRange[],
  requestors: readonly TokenRequestor[],
  storedAt: number,
): Map<AccountRange, RangeEntry> {
  const entries = new Map<AccountRange, CataloguedRequestor[]>(ranges.map((range) => [range, []]));
  for (const { enabledAccountRanges, ...requestor } of requestors) {
    for (const range of enabledAccountRanges) entries.get(range)?.push(requestor);
  }
  return new Map(
    [...entries].map(([range, tokenRequestors]) => [range, { storedAt, tokenRequestors }] as const),
  );
}

/** Each requestor once, with those of `ranges` that it is enabled for; where entries differ the newer one counts. */
export function mergeRanges(
  ranges: readonly AccountRange[],
  entries: readonly (RangeEntry | undefined)[],
): TokenRequestor[] {
  const merged = new Map<
    string,
    { storedAt: number; requestor: CataloguedRequestor; enabled: Set<AccountRange> }
  >();
  for (const [index, range] of ranges.entries()) {
    const { storedAt = 0, tokenRequestors = [] } = entries[index] ?? {};
    for (const requestor of tokenRequestors) {
      const known = merged.get(requestor.id);
      if (known === undefined) {
        merged.set(requestor.id, { storedAt, requestor, enabled: new Set([range]) });
        continue;
      }
      known.enabled.add(range);
      if (storedAt > known.storedAt) Object.assign(known, { storedAt, requestor });
    }
  }
  return [...merged.values()].map(({ requestor, enabled }) => ({
    ...requestor,
    enabledAccountRanges: [...enabled],
  }));
}
