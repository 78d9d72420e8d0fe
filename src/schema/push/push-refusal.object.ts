/** Why a push, or an account of a push, was refused. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { RefusalCode } from '../../push/refusals/refusal.js';
import { PushRefusalCodeEnum } from './push.enums.js';

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
