/** The arguments of the fields `tokenRequestors`, read and checked; nowhere else is it decided what may be asked. */
import type { IssuerRanges } from '../../catalogue/issuer-ranges.js';
import { byName, type RequestorFilter, requestorFilter } from '../../catalogue/select-requestors.js';
import type { AccountRange } from '../../domain/account-range.js';
import type { FundingAccount } from '../../domain/funding-account.js';
import { badUserInput } from '../../domain/gateway-error.js';
import type { TokenRequestor } from '../../domain/token-requestor.js';
import { MAX_ACCOUNTS_PER_PUSH } from '../../push/rules/rules.js';
import type { TokenRequestorFilterInput } from './token-requestor.input.js';

/** More in one field is refused. */
const MAX_RANGES = 100;
/** As many as a name itself may have. */
const MAX_NAME = 100;
/** More ids in one field are refused. */
const MAX_IDS = 100;

/** Absent and null mean the same, everywhere. */
interface QuestionArguments {
  readonly accountRanges: readonly AccountRange[] | null | undefined;
  readonly fundingAccountIds: readonly string[] | null | undefined;
}

/** Whose requestors are asked for. */
export type Question =
  | { readonly kind: 'RANGES'; readonly ranges: readonly AccountRange[] }
  /** Those that take all of these in one push. */
  | { readonly kind: 'ACCOUNTS_TOGETHER'; readonly ids: readonly string[] }
  /** Those that take at least one. */
  | { readonly kind: 'ALL_HER_ACCOUNTS' };

/** @throws GatewayError BAD_USER_INPUT */
export function readQuestion(
  { accountRanges, fundingAccountIds }: QuestionArguments,
  issuerRanges: IssuerRanges,
): Question {
  if (accountRanges && fundingAccountIds) {
    throw badUserInput('accountRanges and fundingAccountIds exclude each other: name one of the two.');
  }
  if (fundingAccountIds) return togetherQuestion(fundingAccountIds);
  return accountRanges ? rangesQuestion(accountRanges, issuerRanges) : { kind: 'ALL_HER_ACCOUNTS' };
}

/** @throws GatewayError BAD_USER_INPUT when one of the ids is none of her accounts */
export function requireHers(
  ids: readonly string[],
  accounts: readonly FundingAccount[],
  argument: 'ids' | 'fundingAccountIds',
): FundingAccount[] {
  const owned = new Map(accounts.map((account) => [account.id, account]));
  const position = ids.findIndex((id) => !owned.has(id));
  if (position >= 0) {
    throw badUserInput(
      `${argument}[${position}] is no card or account of the signed-in account holder. ` +
        'Take the ids from fundingAccounts.',
    );
  }
  const wanted = new Set(ids);
  return accounts.filter(({ id }) => wanted.has(id));
}

/** Which of the requestors are shown, and in which order. @throws GatewayError BAD_USER_INPUT */
export function readSelection(
  filter: TokenRequestorFilterInput | null | undefined,
  languages: readonly string[],
  ids: readonly string[] | null | undefined = null,
): (requestors: readonly TokenRequestor[]) => TokenRequestor[] {
  const { type = null, platform = null, name = null } = filter ?? {};
  if (name !== null && [...name].length > MAX_NAME) {
    throw badUserInput(`filter.name takes at most ${MAX_NAME} characters.`);
  }
  if (ids && ids.length > MAX_IDS) throw badUserInput(`tokenRequestorIds takes at most ${MAX_IDS} ids.`);
  const wished: RequestorFilter = { type, platform, name };
  const fits = requestorFilter(wished);
  const named = ids ? new Set(ids) : null;
  return (requestors) =>
    requestors.filter((one) => (named?.has(one.id) ?? true) && fits(one)).sort(byName(languages));
}

function togetherQuestion(ids: readonly string[]): Question {
  if (ids.length > MAX_ACCOUNTS_PER_PUSH) {
    throw badUserInput(`fundingAccountIds takes at most ${MAX_ACCOUNTS_PER_PUSH} ids of fundingAccounts.`);
  }
  // Nothing is asked of the card store for it.
  return ids.length === 0 ? { kind: 'RANGES', ranges: [] } : { kind: 'ACCOUNTS_TOGETHER', ids };
}

function rangesQuestion(ranges: readonly AccountRange[], issuerRanges: IssuerRanges): Question {
  if (ranges.length > MAX_RANGES) {
    throw badUserInput(`accountRanges takes at most ${MAX_RANGES} account ranges in one field.`);
  }
  const position = ranges.findIndex((range) => !issuerRanges.owns(range));
  if (position >= 0) {
    throw badUserInput(
      `accountRanges[${position}] is not the start of one of this issuer's account ranges. ` +
        'Leave accountRanges out to use those of the signed-in account holder.',
    );
  }
  return { kind: 'RANGES', ranges };
}
