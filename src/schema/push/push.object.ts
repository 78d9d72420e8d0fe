/** A push, its refusal, and what the app needs next. */
import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import type { Platform } from '../../domain/token-requestor.js';
import type { PushStatus } from '../../push/push-status.js';
import type { RefusalCode } from '../../push/refusals/refusal.js';
import type { OutcomeCertainty, WalletOutcome } from '../../push/wallet-outcome.js';
import { PlatformEnum } from '../enums.js';
import {
  OutcomeCertaintyEnum,
  PushRefusalCodeEnum,
  PushStatusEnum,
  WalletOutcomeEnum,
} from './push.enums.js';

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
    description:
      'Whether the same request with the same `idempotencyKey` may succeed later: `retryRule` is SAME_KEY.',
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
      'refused, and after it has expired. Secret: hand it off, never log or store it.',
  })
  pushAccountReceipt!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The digitization data (base64) that your app hands to the wallet in the way that the wallet prescribes, before ' +
      '`expiresAt`. Only when `requestIssuerInitiatedDigitizationData` was true. Secret: hand it off, never log or ' +
      'store it.',
  })
  issuerInitiatedDigitizationData!: string | null;

  @Field(() => WalletOutcomeEnum, {
    nullable: true,
    description:
      "What became of it at the wallet or merchant, in Mastercard's words; null until something is known.",
  })
  outcome!: WalletOutcome | null;

  @Field(() => OutcomeCertaintyEnum, {
    nullable: true,
    description: 'How sure `outcome` is; null without one.',
  })
  outcomeCertainty!: OutcomeCertainty | null;

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

  @Field(() => Boolean, {
    description:
      'Whether it is the one to open on the `platform` that the push was asked for with: made for it, or else for the ' +
      'web. Never without a `platform`.',
  })
  recommended!: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'The account that it is about, where each account goes over by itself (digitization data); null when it takes ' +
      'the whole push along.',
  })
  fundingAccountId!: string | null;
}

@ObjectType('Push', {
  simpleResolvers: true,
  description:
    'A push of one or more accounts to one wallet or merchant. Only its own account holder can see it.',
})
export class PushObject {
  @Field(() => ID, { description: 'Ask for it again with `push(id)`, for 30 days.' })
  id!: string;

  @Field(() => PushStatusEnum, { description: 'Where it stands.' })
  status!: PushStatus;

  @Field(() => GraphQLDateTime, { description: 'When it was begun, just before it is sent to Mastercard.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When receipts and digitization data lose their value; null when there are none.',
  })
  expiresAt!: Date | null;

  @Field(() => [PushedAccountObject], {
    description:
      'One entry per account, in the order of the request; empty only for a push whose record cannot be read any more.',
  })
  accounts!: readonly PushedAccountObject[];

  @Field(() => [HandOffObject], {
    description:
      'One URL per platform: open the one for yours. With digitization data: the links that the operators have described ' +
      'for this wallet, one per account; empty where there are none, since then your app hands the data off itself.',
  })
  handOffs!: readonly HandOffObject[];

  /** No field: what `tokenRequestor` is looked up by; null where it cannot be read. */
  tokenRequestorId!: string | null;
}

@ObjectType('PushEdge', { simpleResolvers: true, description: 'A push in a page of pushes.' })
class PushEdgeObject {
  @Field(() => String, { description: 'Where it stands in the list: give it to `after`.' })
  cursor!: string;

  @Field(() => PushObject, { description: 'The push.' })
  node!: PushObject;
}

@ObjectType('PageInfo', { simpleResolvers: true, description: 'Whether the list goes on, and where.' })
class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether there are older ones.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are newer ones before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the last edge: give it to `after` for the next page; null on an empty page.',
  })
  endCursor!: string | null;
}

@ObjectType('PushConnection', {
  simpleResolvers: true,
  description: 'A page of pushes, newest first (the GraphQL cursor connections convention).',
})
export class PushConnectionObject {
  @Field(() => [PushEdgeObject], { description: 'The pushes of this page, each with its cursor.' })
  edges!: readonly PushEdgeObject[];

  @Field(() => [PushObject], { description: 'The same pushes, without the cursors.' })
  nodes!: readonly PushObject[];

  @Field(() => PageInfoObject, { description: 'Whether the list goes on, and where.' })
  pageInfo!: PageInfoObject;
}

export const PushCardResult = createUnionType({
  name: 'PushCardResult',
  description: 'The push, or why a rule said no. Ask for `__typename` and both.',
  types: () => [PushObject, PushRefusalObject] as const,
  resolveType: (value) => ('status' in value ? PushObject : PushRefusalObject),
});
