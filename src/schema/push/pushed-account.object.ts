/** One account of a push: with what a wallet takes of it, and as the history shows it. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { OutcomeCertainty, WalletOutcome } from '../../push/wallet-outcome.js';
import { OutcomeCertaintyEnum, WalletOutcomeEnum } from './push.enums.js';
import { PushRefusalObject } from './push-refusal.object.js';

/** What both show of it, each as a type of its own: a client's cache must never take one for the other. */
@ObjectType({ simpleResolvers: true })
export abstract class AccountOfPush {
  @Field(() => ID, {
    description:
      "Its place in your client's cache: the same each time that it is asked for. Nothing takes it as input.",
  })
  id!: string;

  @Field(() => ID, { description: 'The card or account, as named in the request.' })
  fundingAccountId!: string;

  @Field(() => String, { description: 'The last four digits of its number.' })
  lastFour!: string;

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

  @Field(() => String, {
    nullable: true,
    description:
      'What has become of it, in one or two sentences to show to the account holder as they stand, in the language of ' +
      'the header Accept-Language; null until something is known.',
  })
  accountHolderText!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The language that `accountHolderText` is in, as a BCP 47 tag; null without one.',
  })
  accountHolderTextLanguage!: string | null;
}

@ObjectType('PushedAccount', {
  simpleResolvers: true,
  description: 'One account of a push, and what became of it.',
})
export class PushedAccountObject extends AccountOfPush {
  @Field(() => String, {
    nullable: true,
    description:
      "Mastercard's receipt: the wallet exchanges it for a token, once, before `expiresAt`. Null when the account was " +
      'refused, when the push is COMPLETED, and after it has expired. Secret: hand it off, never log or store it.',
  })
  pushAccountReceipt!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The digitization data (base64) that your app hands to the wallet in the way that the wallet prescribes, before ' +
      '`expiresAt`. Only when `requestIssuerInitiatedDigitizationData` was true, and null where `pushAccountReceipt` ' +
      'is. Secret: hand it off, never log or store it.',
  })
  issuerInitiatedDigitizationData!: string | null;
}

@ObjectType('PushedAccountSummary', {
  simpleResolvers: true,
  description: 'One account of a push in the history, and what became of it.',
})
export class PushedAccountSummaryObject extends AccountOfPush {}
