/** The answer of getEligibleTokenRequestors, read tolerantly: what is new or broken is left out, the rest is served. */
import { z } from 'zod';
import { type AccountRange, parseAccountRange } from '../../domain/account-range.js';
import { isAssetId } from '../../domain/asset.js';
import {
  ACCOUNT_HOLDER_DATA_ITEMS,
  isTokenRequestorId,
  PLATFORMS,
  TOKEN_REQUESTOR_TYPES,
  type TokenRequestor,
} from '../../domain/token-requestor.js';
import type { Turns } from '../../resilience/turns.js';
import { describeIssues } from './json.js';
import { codeWord, type Omissions } from './known-values.js';

export const RequestorsAnswer = z.object({ tokenRequestors: z.array(z.unknown()) });

const strings = z.array(z.string()).nullish();
const flag = z.boolean().nullish();

const WireRequestor = z.object({
  tokenRequestorId: z.string().refine(isTokenRequestorId),
  name: z.string().min(1),
  consumerFacingEntityName: z.string().min(1),
  tokenRequestorType: z.string(),
  imageAssetId: z.string().nullish(),
  walletId: z.string().nullish(),
  // Integers by the specification, strings in older samples.
  enabledAccountRanges: z.array(z.custom<WireRange>(isWireRange)),
  supportedPushMethods: strings,
  supportsMultiplePushedCards: flag,
  supportedAccountHolderData: strings,
  supportsCardHolderAuthentication: flag,
  // Spelled so: no "s" after "support".
  supportIssuerInitiatedDigitizationData: flag,
});

type WireRequestor = z.infer<typeof WireRequestor>;
type WireRange = string | number | bigint;

/** undefined when not one entry of a list can be read: then it is the answer that is broken, not an entry. */
export async function readRequestors(
  entries: readonly unknown[],
  asked: readonly AccountRange[],
  { omissions, turns }: { readonly omissions: Omissions; readonly turns: Turns },
): Promise<TokenRequestor[] | undefined> {
  const requestors = new Map<string, TokenRequestor>();
  const ranges = new WireRanges(asked);
  let readable = 0;
  for (const [index, entry] of entries.entries()) {
    if (turns.isOver) await turns.next();
    const parsed = WireRequestor.safeParse(entry);
    if (!parsed.success) {
      omissions.note(`tokenRequestors.${index} (${describeIssues(parsed.error)})`);
      continue;
    }
    readable++;
    const requestor = toRequestor(parsed.data, ranges, omissions);
    if (requestor === undefined) continue;
    if (requestors.has(requestor.id)) omissions.note(`a second requestor ${requestor.id}`);
    else requestors.set(requestor.id, requestor);
  }
  return entries.length > 0 && readable === 0 ? undefined : [...requestors.values()];
}

function toRequestor(
  wire: WireRequestor,
  ranges: WireRanges,
  omissions: Omissions,
): TokenRequestor | undefined {
  const id = wire.tokenRequestorId;
  const type = TOKEN_REQUESTOR_TYPES.find((known) => known === wire.tokenRequestorType);
  if (type === undefined) {
    omissions.note(`requestor ${id} of unknown type ${codeWord(wire.tokenRequestorType)}`);
    return undefined;
  }
  const enabledAccountRanges = ranges.asked(wire.enabledAccountRanges);
  if (enabledAccountRanges.length === 0) {
    omissions.note(`requestor ${id} with none of the ranges that were asked for`);
    return undefined;
  }
  const imageAssetId = wire.imageAssetId ?? null;
  if (imageAssetId !== null && !isAssetId(imageAssetId)) omissions.note(`imageAssetId of requestor ${id}`);
  return {
    id,
    name: wire.name,
    consumerFacingEntityName: wire.consumerFacingEntityName,
    type,
    walletId: wire.walletId ?? null,
    imageAssetId: imageAssetId !== null && isAssetId(imageAssetId) ? imageAssetId : null,
    enabledAccountRanges,
    supportedPushMethods: omissions.keepKnown(wire.supportedPushMethods ?? [], PLATFORMS, 'push method'),
    supportsMultiplePushedCards: wire.supportsMultiplePushedCards ?? false,
    supportedAccountHolderData: omissions.keepKnown(
      wire.supportedAccountHolderData ?? [],
      ACCOUNT_HOLDER_DATA_ITEMS,
      'holder item',
    ),
    supportsCardHolderAuthentication: wire.supportsCardHolderAuthentication ?? false,
    supportsIssuerInitiatedDigitizationData: wire.supportIssuerInitiatedDigitizationData ?? false,
  };
}

/** Which of the ranges that were asked for an entry names; all entries of an answer name the same few. */
class WireRanges {
  readonly #asked: readonly AccountRange[];
  readonly #meant = new Map<WireRange, readonly AccountRange[]>();

  constructor(asked: readonly AccountRange[]) {
    this.#asked = asked;
  }

  /** In the order in which they were asked for. */
  asked(named: readonly WireRange[]): AccountRange[] {
    const enabled = new Set<AccountRange>();
    for (const one of named) for (const range of this.#meantBy(one)) enabled.add(range);
    return this.#asked.filter((range) => enabled.has(range));
  }

  #meantBy(named: WireRange): readonly AccountRange[] {
    const known = this.#meant.get(named);
    if (known !== undefined) return known;
    const meant = spellings(named);
    this.#meant.set(named, meant);
    return meant;
  }
}

function isWireRange(value: unknown): value is WireRange {
  return typeof value === 'string' || typeof value === 'bigint' || Number.isSafeInteger(value);
}

/** MDES pads on the right; an integer may have lost zeros on the left as well. */
function spellings(range: WireRange): AccountRange[] {
  const digits = String(range);
  const texts = typeof range === 'string' ? [digits] : [digits, digits.padStart(19, '0')];
  return texts.map(parseAccountRange).filter((one) => one !== undefined);
}
