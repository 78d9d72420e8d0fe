/** How long the lists of the schema can be at most, and what weighs more than one value: what the cost of a document is made of. */

/** What is known before anything is executed. */
export interface Sizes {
  /** Cards and accounts of the holder who asks. */
  readonly accounts: number;
  /** Wallets and merchants of the issuer. */
  readonly requestors: number;
  /** Account ranges of the issuer. */
  readonly ranges: number;
}

type Arguments = Readonly<Record<string, unknown>>;
type Length = (args: Arguments, sizes: Sizes) => number;

/** More accounts of one holder break the card store's contract. */
export const MOST_ACCOUNTS = 500;
/** A catalogue that has not been fetched yet is taken for one of so many requestors. */
export const LEAST_REQUESTORS = 50;
/** As many as a name is taken to leave; an answer that turns out larger is stopped by its size. */
const NAMED_REQUESTORS = 50;
const ACCOUNTS_OF_A_PUSH = 5;
/** One for each platform, or links of each account. */
const HAND_OFFS = 15;
const PLATFORMS = 4;
const HOLDER_DATA_ITEMS = 4;
/** A logo is one picture, as SVG and as PNG. */
const FORMS = 2;
const USUAL_PAGE = 20;
const LONGEST_PAGE = 50;

const accounts: Length = (args, sizes) => Math.min(countOf(args['ids']) ?? sizes.accounts, sizes.accounts);
const requestors: Length = ({ filter }, sizes) =>
  hasName(filter) ? Math.min(NAMED_REQUESTORS, sizes.requestors) : sizes.requestors;
const judged: Length = (args, sizes) =>
  Math.min(countOf(args['tokenRequestorIds']) ?? sizes.requestors, requestors(args, sizes));
const ofAPush: Length = () => ACCOUNTS_OF_A_PUSH;
/** Counted at `Query.pushes` already, whose argument says how many. */
const counted: Length = () => 1;

/** By type and field; `pushes` is no list itself, but stands for the page behind it. */
export const LENGTHS: Readonly<Record<string, Length>> = {
  'Query.fundingAccounts': accounts,
  'Query.tokenRequestors': requestors,
  'Query.pushes': ({ first }) =>
    typeof first === 'number' ? Math.min(Math.max(first, 1), LONGEST_PAGE) : USUAL_PAGE,
  'PushConnection.edges': counted,
  'PushConnection.nodes': counted,
  'FundingAccount.tokenRequestors': requestors,
  'FundingAccount.eligibility': judged,
  'Asset.mediaContents': () => FORMS,
  'TokenRequestor.enabledAccountRanges': (_, { ranges }) => ranges,
  'TokenRequestor.supportedPushMethods': () => PLATFORMS,
  'TokenRequestor.supportedAccountHolderData': () => HOLDER_DATA_ITEMS,
  'AccountHolderDataPreview.missing': () => HOLDER_DATA_ITEMS,
  'Push.accounts': ofAPush,
  'PushSummary.accounts': ofAPush,
  'DigitizationDataStep.accounts': ofAPush,
  'DigitizationDataStep.links': ofAPush,
  'Push.handOffs': () => HAND_OFFS,
  'PushRefusal.fundingAccountIds': ofAPush,
};

/** Where a value, or an entry of a list, costs more than one, or less. */
export const WEIGHTS: Readonly<Record<string, number>> = {
  // As many bytes as a hundred others.
  'MediaContent.data': 100,
  // Judged by every rule of a push.
  'FundingAccount.eligibility': 3,
  // 19 digits and nothing to find out: as many of them as the limit lets through are as many bytes as an answer may have.
  'TokenRequestor.enabledAccountRanges': 0.25,
};

/** What may be asked of MDES or the card store, or looked up over all ranges, once for each time that the field is resolved. */
export const CALLS: Readonly<Record<string, number>> = {
  'Query.asset': 20,
  'Asset.mediaContents': 20,
  'Query.tokenRequestor': 20,
  'Push.tokenRequestor': 20,
  'PushSummary.tokenRequestor': 20,
  // Five accounts share a call.
  'FundingAccount.eligibility': 4,
  'FundingAccount.accountHolderDataPreview': 4,
  'Eligibility.accountHolderDataPreview': 4,
};

function countOf(list: unknown): number | undefined {
  return Array.isArray(list) ? list.length : undefined;
}

function hasName(filter: unknown): boolean {
  if (typeof filter !== 'object' || filter === null || !('name' in filter)) return false;
  return typeof filter.name === 'string' && filter.name.trim() !== '';
}
