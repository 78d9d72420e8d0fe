/** The enums of a push: where it stands, what became of it, why it was refused. */
import { registerEnumType } from 'type-graphql';
import { PUSH_STATUSES } from '../../push/push.js';
import { REFUSALS, type RefusalCode } from '../../push/refusal.js';
import { enumOf } from '../enum-of.js';

export const PushStatusEnum = enumOf(PUSH_STATUSES);

const OUTCOMES = {
  APPROVED: 'The card is in the wallet.',
  REQUIRE_ADDITIONAL_AUTHENTICATION: 'The card is in the wallet, but the bank must still activate it.',
  DECLINED: 'The bank or Mastercard declined the card.',
  CANCELLED: 'The account holder, or the wallet, gave up.',
  ERROR: 'Something went wrong at the wallet.',
  DUPLICATE_REQUEST: 'The wallet had this card already.',
  AUTHENTICATED: 'The account holder has been authenticated after the card had arrived.',
  DELETED: 'The card was taken out again.',
} as const;

export type PushOutcomeName = keyof typeof OUTCOMES;

export const PushOutcomeEnum = enumOf(Object.keys(OUTCOMES) as PushOutcomeName[]);
export const PushRefusalCodeEnum = enumOf(Object.keys(REFUSALS) as RefusalCode[]);

registerEnumType(PushStatusEnum, {
  name: 'PushStatus',
  description: 'Where a push stands.',
  valuesConfig: {
    IN_PROGRESS: {
      description:
        'Being sent right now. Ask again with `push(id)` in a second; null then means that it was not sent after all.',
    },
    READY: {
      description: 'At least one account was pushed. Hand it over before `expiresAt`.',
    },
    FAILED: {
      description: 'Mastercard refused every account; each says why and what to do. Nothing was pushed.',
    },
    UNKNOWN: {
      description:
        'It was sent, but no clear answer came back. It is never sent again by itself. Ask the account holder to ' +
        'look into the wallet; if the card is not there, push again with a new idempotencyKey.',
    },
    EXPIRED: {
      description:
        'The receipts have expired and are gone. Push again with a new idempotencyKey if still wanted.',
    },
  },
});
registerEnumType(PushOutcomeEnum, {
  name: 'PushOutcome',
  description: "What became of a pushed account at the wallet or merchant, in Mastercard's words.",
  valuesConfig: descriptions(OUTCOMES),
});
registerEnumType(PushRefusalCodeEnum, {
  name: 'PushRefusalCode',
  description:
    'Why a push, or an account of a push, was refused. New codes may be added: show `message` for those.',
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
