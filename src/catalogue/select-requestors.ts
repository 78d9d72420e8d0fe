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

/** A list that somebody keeps is put in the order of a language once. */
const ordered = new WeakMap<readonly TokenRequestor[], LRUCache<Intl.Collator, readonly TokenRequestor[]>>();
const MOST_ORDERS = 10;

/** @param requestors a list that is never changed */
export function inOrder(
  requestors: readonly TokenRequestor[],
  languages: readonly string[],
): readonly TokenRequestor[] {
  const collator = collatorFor(languages);
  const orders = ordered.get(requestors) ?? new LRUCache({ max: MOST_ORDERS });
  const known = orders.get(collator);
  if (known !== undefined) return known;
  const order = [...requestors].sort(byNameIn(collator));
  orders.set(collator, order);
  ordered.set(requestors, orders);
  return order;
}

/** One takes longer to make than a list to sort. */
const collators = new LRUCache<string, Intl.Collator>({ max: 100 });
/** Of all that come to the same order, one. */
const collatorsByOrder = new LRUCache<string, Intl.Collator>({ max: 100 });

/** The same order for the same languages, on every machine: the last resort is English, not the machine's language. */
export function byName(languages: readonly string[]): (a: TokenRequestor, b: TokenRequestor) => number {
  return byNameIn(collatorFor(languages));
}

function byNameIn({ compare }: Intl.Collator): (a: TokenRequestor, b: TokenRequestor) => number {
  return (a, b) =>
    compare(a.consumerFacingEntityName, b.consumerFacingEntityName) ||
    (a.id < b.id ? -1 : Number(a.id > b.id));
}

function collatorFor(languages: readonly string[]): Intl.Collator {
  const key = languages.join();
  const known = collators.get(key);
  if (known !== undefined) return known;
  const made = new Intl.Collator([...languages, 'en'], { numeric: true, localeMatcher: 'lookup' });
  const order = JSON.stringify(made.resolvedOptions());
  const collator = collatorsByOrder.get(order) ?? made;
  collatorsByOrder.set(order, collator);
  collators.set(key, collator);
  return collator;
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
