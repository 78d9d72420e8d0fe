/** Every way in which a rule can say no to a push, each with words that say what to do. Nothing was pushed then. */
import type { MdesReason } from '../../mdes/mdes-error.js';

/** Who can mend it. */
export const REFUSAL_OWNERS = ['ACCOUNT_HOLDER', 'CHANNEL', 'ISSUER_OPERATIONS', 'MDES'] as const;
export type RefusalOwner = (typeof REFUSAL_OWNERS)[number];

/** When a request may succeed that was refused. */
export const RETRY_RULES = [
  /** Later, with the same idempotency key. */
  'SAME_KEY',
  /** Later, but its key is settled. */
  'NEW_KEY',
  /** Only when what the message names has been changed. */
  'AFTER_CHANGE',
  'NEVER',
] as const;
export type RetryRule = (typeof RETRY_RULES)[number];

interface RefusalRule {
  /** Shown to channel teams; it never holds a value of the input. */
  readonly message: string;
  readonly owner: RefusalOwner;
  readonly retryRule: RetryRule;
  /** For the schema's documentation: what happened. */
  readonly description: string;
}

export const REFUSALS = {
  FUNDING_ACCOUNT_NOT_FOUND: {
    message: 'No such card or account of this account holder. Take an id from fundingAccounts.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: "The account holder has no such card or account; somebody else's is answered the same way.",
  },
  FUNDING_ACCOUNT_NOT_ACTIVE: {
    message: 'The card or account is suspended or closed. Offer only those whose status is ACTIVE.',
    owner: 'ACCOUNT_HOLDER',
    retryRule: 'AFTER_CHANGE',
    description: 'The card or account is suspended or closed at the issuer.',
  },
  FUNDING_ACCOUNT_EXPIRED: {
    message: 'The card has expired. Offer the account holder the card that replaces it.',
    owner: 'ACCOUNT_HOLDER',
    retryRule: 'AFTER_CHANGE',
    description: 'The expiry date of the card lies in the past.',
  },
  TOKEN_REQUESTOR_NOT_FOUND: {
    message: 'No such wallet or merchant. Take an id from tokenRequestors.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: "No token requestor of this id is enabled for any of the issuer's account ranges.",
  },
  ACCOUNT_RANGE_NOT_ENABLED: {
    message:
      'This wallet or merchant does not take this card or account. Offer those of FundingAccount.tokenRequestors.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: "The token requestor exists but is not enabled for the account's range.",
  },
  MULTIPLE_ACCOUNTS_NOT_SUPPORTED: {
    message: 'This wallet or merchant takes one card or account at a time. Push them one after the other.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description:
      'Several accounts were named for a requestor that takes one: supportsMultiplePushedCards is false, or supportsCardHolderAuthentication is true.',
  },
  TOO_MANY_ACCOUNTS: {
    message: 'A push takes at most 5 cards or accounts. Push the others afterwards.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: 'More than five accounts were named.',
  },
  DIGITIZATION_DATA_NOT_SUPPORTED: {
    message:
      'This wallet or merchant takes no digitization data. Push without it and open one of the handOffs instead.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description:
      'Digitization data was asked for, but supportsIssuerInitiatedDigitizationData of the requestor is false.',
  },
  ACCOUNT_HOLDER_DATA_NOT_SUPPORTED: {
    message:
      'This wallet or merchant does not take one of the named items of accountHolderData. Name only items of supportedAccountHolderData.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: "An item of accountHolderData is not among the requestor's supportedAccountHolderData.",
  },
  ACCOUNT_HOLDER_DATA_MISSING: {
    message:
      'The bank does not have one of the named items of accountHolderData. Leave it out and push again.',
    owner: 'ACCOUNT_HOLDER',
    retryRule: 'AFTER_CHANGE',
    description: 'The card store does not hold an item of accountHolderData for this account holder.',
  },
  PLATFORM_NOT_SUPPORTED: {
    message:
      'This wallet or merchant cannot be reached from this platform. Offer it only where supportedPushMethods holds the platform, or WEB.',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    description: "Neither the platform nor WEB is among the requestor's supportedPushMethods.",
  },
  CALLBACK_URL_NOT_ALLOWED: {
    message:
      "The callbackUrl is not on this gateway's list. Ask its operators to add it (CALLBACK_ALLOWLIST).",
    owner: 'ISSUER_OPERATIONS',
    retryRule: 'AFTER_CHANGE',
    description: 'callbackUrl is not an absolute URL of a site or app that the gateway is configured for.',
  },
  PUSHES_STOPPED: {
    message:
      'The bank has stopped such pushes for now. Offer it again when its operators have lifted that; they see why with npm run hold.',
    owner: 'ISSUER_OPERATIONS',
    retryRule: 'AFTER_CHANGE',
    description:
      'The operators have stopped the pushes of this account holder, those to this token requestor, or all.',
  },
  ACCOUNT_INELIGIBLE: {
    message: 'Mastercard does not accept this card or account for digital wallets. Offer another one.',
    owner: 'MDES',
    retryRule: 'NEVER',
    description: 'MDES says that the account is not eligible.',
  },
  REFUSED_BY_MDES: {
    message: 'Mastercard refused the push. reasonCode says why; tell the operators of this gateway.',
    owner: 'ISSUER_OPERATIONS',
    retryRule: 'AFTER_CHANGE',
    description: 'MDES refused for the reason in reasonCode; nothing was pushed.',
  },
  MDES_INTERNAL_FAILURE: {
    message:
      'Mastercard could not process it just now. Push again: with the same idempotencyKey where retryable is true, else with a new one.',
    owner: 'MDES',
    retryRule: 'SAME_KEY',
    description: 'MDES reports a failure of its own; nothing was pushed.',
  },
} as const satisfies Record<string, RefusalRule>;

export type RefusalCode = keyof typeof REFUSALS;

export const REFUSAL_CODES = Object.keys(REFUSALS) as RefusalCode[];

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** Whether the same request with the same idempotency key may succeed later. */
  readonly retryable: boolean;
  /** MDES's own code where MDES refused. */
  readonly reasonCode: string | null;
  /** The accounts that it is about; empty when it is about the push as a whole. */
  readonly fundingAccountIds: readonly string[];
}

export function refuse(
  code: RefusalCode,
  fundingAccountIds: readonly string[] = [],
  reasonCode: string | null = null,
): Refusal {
  const { message, retryRule } = REFUSALS[code];
  return { code, message, retryable: retryRule === 'SAME_KEY', reasonCode, fundingAccountIds };
}

/** That of its code, unless its key is settled: an account's refusal always is. */
export function retryRuleOf({ code, retryable }: Pick<Refusal, 'code' | 'retryable'>): RetryRule {
  const { retryRule } = REFUSALS[code];
  return retryRule === 'SAME_KEY' && !retryable ? 'NEW_KEY' : retryRule;
}

/** MDES's reason for refusing a push as a whole; a reason that is not known yet is REFUSED_BY_MDES with its code. */
export function refusalOfMdes(reason: MdesReason | null): Refusal {
  return refuse(codeOf(reason?.reasonCode), [], reason?.reasonCode ?? null);
}

/** MDES's reason for refusing one account: its push is settled, so the same key gives the same refusal again. */
export function accountRefusalOfMdes(reason: MdesReason, fundingAccountId: string): Refusal {
  const { reasonCode } = reason;
  return { ...refuse(codeOf(reasonCode), [fundingAccountId], reasonCode), retryable: false };
}

function codeOf(reasonCode: string | undefined): RefusalCode {
  if (reasonCode === 'ACCOUNT_INELIGIBLE') return 'ACCOUNT_INELIGIBLE';
  if (reasonCode === 'INTERNAL_SERVICE_FAILURE') return 'MDES_INTERNAL_FAILURE';
  return 'REFUSED_BY_MDES';
}
