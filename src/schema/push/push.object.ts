/** A push, and what pushCard gives. */
import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import type { PushStatus } from '../../push/push-status.js';
import { DateTimeScalar } from '../date-time.js';
import { HandOffObject } from './hand-off.object.js';
import { NextStep, type NextStepObject } from './next-step.object.js';
import { PushStatusEnum } from './push.enums.js';
import { PushRefusalObject } from './push-refusal.object.js';
import { PushedAccountObject } from './pushed-account.object.js';

/** What a push and its line in the history both show. */
@ObjectType({ simpleResolvers: true })
export abstract class AnyPush {
  @Field(() => PushStatusEnum, { description: 'Where it stands.' })
  status!: PushStatus;

  @Field(() => DateTimeScalar, { description: 'When it was begun, just before it is sent to Mastercard.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When receipts and digitization data lose their value; null when there are none.',
  })
  expiresAt!: Date | null;

  @Field(() => String, {
    description:
      'Where it stands and what the account holder can do, in one or two sentences to show as they stand, in the ' +
      'language of the header Accept-Language; English where there is no translation.',
  })
  accountHolderText!: string;

  @Field(() => String, {
    description:
      'The language that `accountHolderText` is in, as a BCP 47 tag like `es`: for `lang` and `dir`, since Arabic runs ' +
      'from right to left.',
  })
  accountHolderTextLanguage!: string;
}

@ObjectType('Push', {
  simpleResolvers: true,
  description:
    'A push of one or more accounts to one wallet or merchant. Only its own account holder can see it. It may hold ' +
    "what is secret: keep it in your client's memory, never in a store that outlives the app.",
})
export class PushObject extends AnyPush {
  @Field(() => ID, { description: 'Ask for it again with `push(id)`, for 30 days.' })
  id!: string;

  @Field(() => ID, { description: 'The wallet or merchant that it went to, as named in the request.' })
  tokenRequestorId!: string;

  @Field(() => [PushedAccountObject], { description: 'One entry per account, in the order of the request.' })
  accounts!: readonly PushedAccountObject[];

  @Field(() => [HandOffObject], {
    description:
      'One URL per platform; `nextStep` says which to open. With digitization data: the links that the operators have ' +
      'described for this wallet, one per account; empty where there are none, since then your app hands the data off ' +
      'itself. Empty when the push is COMPLETED, and after `expiresAt`.',
  })
  handOffs!: readonly HandOffObject[];

  @Field(() => NextStep, {
    nullable: true,
    description:
      'What your app does next. The `platform` of `pushCard` decides on URL or SDK (WEB without one). Null where the ' +
      'token might not push it now: repeat `pushCard` with its `idempotencyKey`, which says what is missing.',
  })
  nextStep!: NextStepObject | null;
}

export const PushCardResult = createUnionType({
  name: 'PushCardResult',
  description: 'The push, or why a rule said no. Ask for `__typename` and both.',
  types: () => [PushObject, PushRefusalObject] as const,
  resolveType: (value) => ('status' in value ? PushObject : PushRefusalObject),
});
