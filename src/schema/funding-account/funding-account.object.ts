/** A card or financial account of the signed-in account holder. */
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  FUNDING_ACCOUNT_KINDS,
  FUNDING_ACCOUNT_STATUSES,
  type FundingAccountKind,
  type FundingAccountStatus,
} from '../../domain/funding-account.js';
import { enumOf } from '../enum-of.js';

const FundingAccountKindEnum = enumOf(FUNDING_ACCOUNT_KINDS);

const FundingAccountStatusEnum = enumOf(FUNDING_ACCOUNT_STATUSES);

registerEnumType(FundingAccountKindEnum, {
  name: 'FundingAccountKind',
  description: 'What the money comes from.',
  valuesConfig: {
    CARD: { description: 'A credit, debit or Maestro card.' },
    FINANCIAL_ACCOUNT: { description: 'A bank account that can be paid with (Pay with Bank Account).' },
  },
});
registerEnumType(FundingAccountStatusEnum, {
  name: 'FundingAccountStatus',
  description: 'The state of a card or account at the bank.',
  valuesConfig: {
    ACTIVE: { description: 'Can be pushed.' },
    SUSPENDED: { description: 'Blocked for now; cannot be pushed.' },
    CLOSED: { description: 'Closed for good; cannot be pushed.' },
  },
});

@ObjectType('FundingAccount', {
  simpleResolvers: true,
  description:
    "A card or financial account of the signed-in account holder, as the bank's card store knows it. Its number never " +
    'comes here.',
})
export class FundingAccountObject {
  @Field(() => ID, {
    description: "The card store's own reference, never a card number. Name it in `pushCard`.",
  })
  id!: string;

  @Field(() => FundingAccountKindEnum, { description: 'Card or financial account.' })
  kind!: FundingAccountKind;

  @Field(() => String, { description: 'The name that the account holder knows it by.' })
  label!: string;

  @Field(() => String, { description: 'The last four digits of the number, to tell cards apart.' })
  lastFour!: string;

  @Field(() => FundingAccountStatusEnum, { description: 'Only an ACTIVE one can be pushed.' })
  status!: FundingAccountStatus;

  @Field(() => String, { nullable: true, description: 'A picture of the card, if the bank has one.' })
  artUrl!: string | null;
}
