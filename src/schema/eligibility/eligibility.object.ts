/** What a push of a card or account to one wallet or merchant would be answered, told before the tap. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../enum-of.js';
import { PushRefusalObject } from '../push/push-refusal.object.js';
import { TokenRequestorObject } from '../token-requestor/token-requestor.object.js';

const ELIGIBILITY_STATUSES = ['ELIGIBLE', 'NOT_ELIGIBLE'] as const;
type EligibilityStatus = (typeof ELIGIBILITY_STATUSES)[number];

const EligibilityStatusEnum = enumOf(ELIGIBILITY_STATUSES);

registerEnumType(EligibilityStatusEnum, {
  name: 'EligibilityStatus',
  description: 'Whether a card or account can be pushed to a wallet or merchant.',
  valuesConfig: {
    ELIGIBLE: {
      description:
        'No rule of this gateway stands against it. Mastercard may still refuse the account itself.',
    },
    NOT_ELIGIBLE: { description: '`pushCard` would refuse it: `refusal` says why, and what to do.' },
  },
});

@ObjectType('Eligibility', {
  simpleResolvers: true,
  description: 'What `pushCard` would answer for a card or account and one wallet or merchant.',
})
export class EligibilityObject {
  @Field(() => TokenRequestorObject, { description: 'The wallet or merchant.' })
  tokenRequestor!: TokenRequestorObject;

  @Field(() => EligibilityStatusEnum, { description: 'Whether it can be pushed there.' })
  status!: EligibilityStatus;

  @Field(() => PushRefusalObject, {
    nullable: true,
    description: 'The very refusal that `pushCard` would give; null when it is ELIGIBLE.',
  })
  refusal!: PushRefusalObject | null;

  @Field(() => Int, {
    description:
      'How many cards and accounts it takes in one push: 1 or 5. Several go together where each is ELIGIBLE and none ' +
      'of them says fewer.',
  })
  maximumAccounts!: number;

  /** No field: what `accountHolderDataPreview` is asked of. */
  fundingAccountId!: string;
}
