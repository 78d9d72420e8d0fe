/** The enums of a push: where it stands, what became of it, why it was refused. */
import { registerEnumType } from 'type-graphql';
import { PUSH_STATUSES, type PushStatus } from '../../push/push-status.js';
import {
  REFUSAL_CODES,
  REFUSAL_OWNERS,
  REFUSALS,
  RETRY_RULES,
  type RefusalOwner,
  type RetryRule,
} from '../../push/refusals/refusal.js';
import { OUTCOME_CERTAINTIES, type WalletOutcome } from '../../push/wallet-outcome.js';
import { enumOf } from '../enum-of.js';

export const PushStatusEnum = enumOf(PUSH_STATUSES);

const OUTCOMES: Readonly<Record<WalletOutcome, string>> = {
  APPROVED: 'The card is in the wallet.',
  REQUIRE_ADDITIONAL_AUTHENTICATION: 'The card is in the wallet, but the bank must still activate it.',
  DECLINED: 'The bank or Mastercard declined the card.',
  CANCELLED: 'The account holder, or the wallet, gave up.',
  ERROR: 'Something went wrong at the wallet.',
  DUPLICATE_REQUEST: 'The wallet had this card already.',
  AUTHENTICATED: 'The account holder has been authenticated after the card had arrived.',
  DELETED: 'The card was taken out again.',
};

export const WalletOutcomeEnum = enumOf(Object.keys(OUTCOMES) as WalletOutcome[]);
export const OutcomeCertaintyEnum = enumOf(OUTCOME_CERTAINTIES);
export const PushRefusalCodeEnum = enumOf(REFUSAL_CODES);
export const RefusalOwnerEnum = enumOf(REFUSAL_OWNERS);
export const RefusalRetryRuleEnum = enumOf(RETRY_RULES);

const OWNERS: Readonly<Record<RefusalOwner, string>> = {
  ACCOUNT_HOLDER: 'The account holder: she takes another card, or asks the bank.',
  CHANNEL: 'The app: it asked for what the gateway did not offer.',
  ISSUER_OPERATIONS: 'The operators of this gateway at the bank.',
  MDES: 'Mastercard.',
};

const RULES: Readonly<Record<RetryRule, string>> = {
  SAME_KEY: 'Later, with the same `idempotencyKey`.',
  NEW_KEY: 'Later, with a new `idempotencyKey`: this one is settled.',
  AFTER_CHANGE: 'Only once what `message` names has been changed; take a new `idempotencyKey` then.',
  NEVER: 'Never: offer something else.',
};

const STATUSES: Readonly<Record<PushStatus, string>> = {
  IN_PROGRESS:
    'Being sent right now. Ask again with `push(id)` in a second; null then means that it was not sent after all.',
  READY: 'At least one account was pushed. Hand it off before `expiresAt`.',
  HANDED_OFF:
    'Your app has handed it off (`recordHandOff`), or the account holder has come back from there; what became of it is not known yet.',
  COMPLETED: 'Every account has arrived at the wallet or merchant. Done.',
  PARTIALLY_COMPLETED:
    'Some accounts have arrived; the `outcome` or `refusal` of the others says what became of them.',
  ACTION_REQUIRED:
    'An account has arrived, but the bank must still activate it: lead the account holder through your activation.',
  DECLINED: 'The bank or Mastercard declined at the wallet. Offer another card.',
  CANCELLED:
    'The account holder or the wallet gave up. Push again with a new idempotencyKey if still wanted.',
  FAILED:
    'Mastercard refused every account (each says why and what to do), or the wallet could not take any. Nothing has arrived.',
  UNKNOWN:
    'It was sent, but no clear answer came back. It is never sent again by itself. Ask the account holder to look into ' +
    'the wallet; if the card is not there, push again with a new idempotencyKey.',
  EXPIRED: 'The receipts have expired and are gone. Push again with a new idempotencyKey if still wanted.',
};

registerEnumType(PushStatusEnum, {
  name: 'PushStatus',
  description: 'Where a push stands.',
  valuesConfig: descriptions(STATUSES),
});
registerEnumType(OutcomeCertaintyEnum, {
  name: 'OutcomeCertainty',
  description: 'How sure an outcome is.',
  valuesConfig: {
    REPORTED: {
      description:
        'The wallet or merchant said so, through the browser or your app. It is not signed: a strong hint, no proof.',
    },
    INFERRED: { description: 'Nobody said so: it was concluded from what was said about the others.' },
  },
});
registerEnumType(WalletOutcomeEnum, {
  name: 'PushOutcome',
  description: "What became of a pushed account at the wallet or merchant, in Mastercard's words.",
  valuesConfig: descriptions(OUTCOMES),
});
registerEnumType(RefusalOwnerEnum, {
  name: 'RefusalOwner',
  description: 'Who can mend what a push was refused for.',
  valuesConfig: descriptions(OWNERS),
});
registerEnumType(RefusalRetryRuleEnum, {
  name: 'RefusalRetryRule',
  description: 'When a request may succeed that was refused.',
  valuesConfig: descriptions(RULES),
});
registerEnumType(PushRefusalCodeEnum, {
  name: 'PushRefusalCode',
  description:
    'Why a push, or an account of a push, was refused. New codes may be added: go by `retryRule` for those, and show ' +
    '`accountHolderText`.',
  valuesConfig: Object.fromEntries(
    Object.entries(REFUSALS).map(([code, { description, message }]) => [
      code,
      { description: `${description}\n\nWhat to do: ${message}` },
    ]),
  ),
});

function descriptions(table: Readonly<Record<string, string>>): Record<string, { description: string }> {
  return Object.fromEntries(Object.entries(table).map(([name, description]) => [name, { description }]));
}
