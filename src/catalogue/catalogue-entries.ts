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
export const ENTRY_FORMAT = 3;

/** The token requestors that are enabled for one account range; may be none. */
export interface RangeEntry {
  readonly storedAt: number;
  readonly list: RequestorList;
}

/** One for all ranges that have these very requestors. */
export interface RequestorList {
  readonly ref: Ref;
  readonly requestors: readonly CataloguedRequestor[];
}

/**
 * A token requestor without the ranges: those follow from the entries that it stands in. Where MDES says different things
 * of it under different ranges, these are two.
 */
export type CataloguedRequestor = Omit<TokenRequestor, 'enabledAccountRanges'>;

/** What a requestor or a list is kept by: made of what it says, so that it never changes. */
export type Ref = string;

export function rangeKey(range: AccountRange): string {
  return `range-${range}`;
}

export function listKey(ref: Ref): string {
  return `list-${ref}`;
}

export function requestorKey(ref: Ref): string {
  return `requestor-${ref}`;
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

const storedRange = z.object({ storedAt: z.number(), list: z.string() });

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

/** As a range stands in the cache; undefined when the cache holds nothing, or nothing that is one. */
export function readRangeRow(value: unknown): { readonly storedAt: number; readonly list: Ref } | undefined {
  return storedRange.safeParse(value).data;
}

/** undefined likewise. */
export function readRequestorRow(value: unknown): CataloguedRequestor | undefined {
  return storedRequestor.safeParse(value).data;
}

/** `asset` is null where MDES has none of that id. */
export function readAssetEntry(value: unknown): { readonly asset: Asset | null } | undefined {
  return storedAsset.safeParse(value).data;
}
