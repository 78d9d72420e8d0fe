/** The form of a push request: what no card, wallet or configuration could ever make valid is the caller's fault. */
import { badUserInput } from '../domain/gateway-error.js';
import type { AccountHolderDataItem, Platform } from '../domain/token-requestor.js';

export interface PushInput {
  readonly idempotencyKey: string;
  readonly tokenRequestorId: string;
  readonly fundingAccountIds: readonly string[];
  readonly requestIssuerInitiatedDigitizationData: boolean;
  /** Where the caller wants the account holder to end up; MDES may get another one. */
  readonly callbackUrl: string | null;
  readonly locale: string | null;
  readonly platform: Platform | null;
  readonly accountHolderData: readonly AccountHolderDataItem[];
  /** Minutes. */
  readonly pushAccountReceiptsValidityPeriod: number;
}

export const SHORTEST_VALIDITY = 5;
export const LONGEST_VALIDITY = 15;

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const MAX_IDS = 100;

/** @throws GatewayError BAD_USER_INPUT naming the field and what it takes, never its value */
export function requireForm(input: PushInput): void {
  const ids = input.fundingAccountIds;
  const validity = input.pushAccountReceiptsValidityPeriod;
  if (!IDEMPOTENCY_KEY.test(input.idempotencyKey)) {
    throw badUserInput(
      'idempotencyKey takes 1 to 255 printable ASCII characters without blanks, for example a UUID: a new one per tap of the account holder.',
    );
  }
  if (ids.length === 0 || ids.length > MAX_IDS) {
    throw badUserInput('fundingAccountIds takes at least one id of fundingAccounts, and at most five.');
  }
  if (new Set(ids).size !== ids.length) {
    throw badUserInput('fundingAccountIds names an account twice. Name each once.');
  }
  if (!Number.isInteger(validity) || validity < SHORTEST_VALIDITY || validity > LONGEST_VALIDITY) {
    throw badUserInput(
      `pushAccountReceiptsValidityPeriod takes whole minutes from ${SHORTEST_VALIDITY} to ${LONGEST_VALIDITY}.`,
    );
  }
}

/** What a reference of the card store looks like: short, and without a run of digits that could be a card number. */
const SHOWABLE_ID = /^[A-Za-z0-9._~-]{1,64}$/;
const DIGIT_RUN = /\d{9}/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LETTER = /[a-f]/i;

/** A front end that confuses card numbers with references must not find one echoed in an answer or a log. */
export function mayBeShown(fundingAccountId: string): boolean {
  if (UUID.test(fundingAccountId) && LETTER.test(fundingAccountId)) return true;
  return SHOWABLE_ID.test(fundingAccountId) && !DIGIT_RUN.test(fundingAccountId.replace(/[._~-]/g, ''));
}
