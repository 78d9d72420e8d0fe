/** A push, its refusal, and what the app needs next. */
import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Platform } from '../../domain/token-requestor.js';
import type { PushStatus } from '../../push/push.js';
import { REFUSALS, type RefusalCode } from '../../push/refusal.js';
import { PlatformEnum } from '../enums.js';

export const PushStatusEnum: { readonly [Name in PushStatus]: Name } = {
  IN_PROGRESS: 'IN_PROGRESS',
  READY: 'READY',
  FAILED: 'FAILED',
  UNKNOWN: 'UNKNOWN',
  EXPIRED: 'EXPIRED',
};

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

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): { [N in Name]: N } {
  return Object.fromEntries(Object.keys(table).map((name) => [name, name])) as { [N in Name]: N };
}

export const PushOutcomeEnum = namesOf<PushOutcomeName>(OUTCOMES);
export const PushRefusalCodeEnum = namesOf<RefusalCode>(REFUSALS);

registerEnumType(PushStatusEnum, {
  name: 'PushStatus',
  description: 'Where a push stands.',
  valuesConfig: {
    IN_PROGRESS: { description: 'Being sent right now. Ask again with `push(id)` in a second.' },
    READY: {
      description: 'At least one account was pushed. Hand it over before `expiresAt`.',
    },
    FAILED: { description: 'Mastercard refused every account; each says why. Nothing was pushed.' },
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

@ObjectType('PushRefusal', {
  simpleResolvers: true,
  description: 'A rule said no. Nothing was pushed, and the account holder loses nothing.',
})
export class PushRefusalObject {
  @Field(() => PushRefusalCodeEnum, { description: 'Which rule; stable, for your code to branch on.' })
  code!: RefusalCode;

  @Field(() => String, { description: 'What happened and what to do, in English, for developers.' })
  message!: string;

  @Field(() => Boolean, {
    description: 'Whether the same request with the same `idempotencyKey` may succeed later.',
  })
  retryable!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Mastercard's own reason code, where Mastercard refused.",
  })
  reasonCode!: string | null;

  @Field(() => [ID], { description: 'The accounts that it is about; empty when it is about the whole push.' })
  fundingAccountIds!: readonly string[];
}

@ObjectType('PushedAccount', {
  simpleResolvers: true,
  description: 'One account of a push, and what became of it.',
})
export class PushedAccountObject {
  @Field(() => ID, { description: 'The account, as named in the request.' })
  fundingAccountId!: string;

  @Field(() => String, { description: 'The last four digits of its number.' })
  lastFour!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Mastercard's receipt: the wallet exchanges it for a token, once, before `expiresAt`. Null when the account was " +
      'refused, and after it has expired. Secret: hand it over, never log or store it.',
  })
  pushAccountReceipt!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The digitization data (base64) that your app hands to the wallet in the way that the wallet prescribes, before ' +
      '`expiresAt`. Only when `requestIssuerInitiatedDigitizationData` was true. Secret: hand it over, never log or ' +
      'store it.',
  })
  issuerInitiatedDigitizationData!: string | null;

  @Field(() => PushOutcomeEnum, {
    nullable: true,
    description: 'What the wallet or merchant reported afterwards; null until it has.',
  })
  outcome!: PushOutcomeName | null;

  @Field(() => PushRefusalObject, {
    nullable: true,
    description:
      'Why this account was refused; null when it was pushed. The other accounts may have been pushed.',
  })
  refusal!: PushRefusalObject | null;
}

@ObjectType('HandOff', {
  simpleResolvers: true,
  description:
    'A URL to open, which takes the account holder and the pushed accounts to the wallet or merchant.',
})
export class HandOffObject {
  @Field(() => PlatformEnum, { description: 'Where to open it. Without one for your platform, take WEB.' })
  platform!: Platform;

  @Field(() => String, {
    description: 'Open it as it stands, once. Secret, since it holds the receipts: never log or store it.',
  })
  url!: string;
}

@ObjectType('Push', {
  description:
    'A push of one or more accounts to one wallet or merchant. Only its own account holder can see it.',
})
export class PushObject {
  @Field(() => ID, { description: 'Ask for it again with `push(id)`, for a day.' })
  id!: string;

  @Field(() => PushStatusEnum, { description: 'Where it stands.' })
  status!: PushStatus;

  @Field(() => GraphQLDateTime, { description: 'When it was sent.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When receipts and digitization data lose their value; null when there are none.',
  })
  expiresAt!: Date | null;

  @Field(() => [PushedAccountObject], { description: 'One entry per account, in the order of the request.' })
  accounts!: readonly PushedAccountObject[];

  @Field(() => [HandOffObject], {
    description:
      'One URL per platform: open the one for yours. Empty when digitization data was asked for, since then your app ' +
      'hands over by itself.',
  })
  handOffs!: readonly HandOffObject[];

  /** Not a field: what `tokenRequestor` is looked up by. */
  tokenRequestorId!: string;
}

export const PushCardResult = createUnionType({
  name: 'PushCardResult',
  description: 'The push, or why a rule said no. Ask for `__typename` and both.',
  types: () => [PushObject, PushRefusalObject] as const,
  resolveType: (value) => ('status' in value ? PushObject : PushRefusalObject),
});
