/** What a picker shows: the token requestors that fit, in the order of a dictionary in the reader's language. */
import { LRUCache } from 'lru-cache';
import type { FundingAccount } from '../domain/funding-account.js';
import {
  hasPushMethodFor,
  type Platform,
  type TokenRequestor,
  type TokenRequestorType,
  takesSeveralAccounts,
} from '../domain/token-requestor.js';

/** null: any. */
export interface RequestorFilter {
  readonly type: TokenRequestorType | null;
  readonly platform: Platform | null;
  /** Part of one of its names; blank is any. */
  readonly name: string | null;
}

export function requestorFilter(filter: RequestorFilter): (requestor: TokenRequestor) => boolean {
  const { type, platform, name } = filter;
  const part = fold(name ?? '').trim();
  return (requestor) =>
    (type === null || requestor.type === type) &&
    (platform === null || canTakeOver(requestor, platform)) &&
    (part === '' || isNamed(requestor, part));
}

/** Takes all of these accounts in one push. */
export function takesAll(accounts: readonly Pick<FundingAccount, 'accountRange'>[]) {
  return (requestor: TokenRequestor): boolean =>
    accounts.every(({ accountRange }) => requestor.enabledAccountRanges.includes(accountRange)) &&
    (accounts.length < 2 || takesSeveralAccounts(requestor));
}

/** One takes longer to make than a list to sort. */
const collators = new LRUCache<string, Intl.Collator>({ max: 100 });

/** The same order for the same languages, on every machine: the last resort is English, not the machine's language. */
export function byName(languages: readonly string[]): (a: TokenRequestor, b: TokenRequestor) => number {
  const key = languages.join();
  const options = { numeric: true, localeMatcher: 'lookup' } as const;
  const collator = collators.get(key) ?? new Intl.Collator([...languages, 'en'], options);
  collators.set(key, collator);
  const { compare } = collator;
  return (a, b) =>
    compare(a.consumerFacingEntityName, b.consumerFacingEntityName) ||
    (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** By a URL, or because the app hands the digitization data over itself. */
function canTakeOver(requestor: TokenRequestor, platform: Platform): boolean {
  return requestor.supportsIssuerInitiatedDigitizationData || hasPushMethodFor(requestor, platform);
}

function isNamed({ consumerFacingEntityName, name }: TokenRequestor, part: string): boolean {
  return fold(consumerFacingEntityName).includes(part) || fold(name).includes(part);
}

/**
 * Without accents, width and case. Capitals last: lower case writes a Greek sigma by its place in the word, so that the
 * beginning of a word would not be found in it; but capitals of `ẞ` come only by way of `ß`.
 */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().toUpperCase();
}
