/** The input of pushCard. */
import { Field, ID, InputType, Int } from 'type-graphql';
import type { AccountHolderDataItem, Platform } from '../../domain/token-requestor.js';
import { readLocale } from '../../push/locale.js';
import { LONGEST_VALIDITY, type PushInput, SHORTEST_VALIDITY } from '../../push/push-input.js';
import type { WalletOutcome } from '../../push/wallet-outcome.js';
import { AccountHolderDataItemEnum, PlatformEnum } from '../enums.js';
import { WalletOutcomeEnum } from './push.enums.js';

@InputType('PushCardInput', { description: 'What to push, and to whom.' })
export class PushCardInput {
  @Field(() => String, {
    description:
      'A key of your own, 1 to 255 printable ASCII characters without blanks, best a UUID: a new one each time that ' +
      'the account holder taps, the same one when you repeat a request. The same key with the same input gives the ' +
      'same push, which is sent once; with other input it is KEY_REUSED.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The wallet or merchant: an `id` of `tokenRequestors`.' })
  tokenRequestorId!: string;

  @Field(() => [ID], {
    description:
      'The cards and accounts: each an `id` of `fundingAccounts`. One, or up to five where the requestor takes ' +
      'several.',
  })
  fundingAccountIds!: string[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Ask for digitization data, which your app hands to the wallet itself. Only where ' +
      '`supportsIssuerInitiatedDigitizationData` is true.',
  })
  requestIssuerInitiatedDigitizationData!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the wallet or merchant sends the account holder back to: an absolute URL, or a URL of your app, up to 256 ' +
      'characters, that the operators of this gateway have allowed.',
  })
  callbackUrl?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The language and country that the wallet should show itself in, as a BCP 47 tag like `en-US`, or as `en_US`. A ' +
      'tag without a country, like `de`, gets the one where the language is spoken most.',
  })
  locale?: string | null;

  @Field(() => PlatformEnum, {
    nullable: true,
    description:
      'Where the account holder is. Given, the push is refused when the requestor cannot be reached there.',
  })
  platform?: Platform | null;

  @Field(() => [AccountHolderDataItemEnum], {
    nullable: true,
    description:
      'Personal data to send along: items of `supportedAccountHolderData` only. None unless named.',
  })
  accountHolderData?: AccountHolderDataItem[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: LONGEST_VALIDITY,
    description: `For how many minutes the receipts are good: ${SHORTEST_VALIDITY} to ${LONGEST_VALIDITY}.`,
  })
  pushAccountReceiptsValidityPeriod!: number | null;
}

@InputType('AccountOutcomeInput', {
  description: 'What became of one account of a push, as your app was told.',
})
export class AccountOutcomeInput {
  @Field(() => ID, { description: 'An account of the push.' })
  fundingAccountId!: string;

  @Field(() => WalletOutcomeEnum, { description: 'What the wallet said, in the word that comes closest.' })
  outcome!: WalletOutcome;
}

/** Absent and null mean the same. */
export function toPushInput(input: PushCardInput): PushInput {
  return {
    idempotencyKey: input.idempotencyKey,
    tokenRequestorId: input.tokenRequestorId,
    fundingAccountIds: input.fundingAccountIds,
    requestIssuerInitiatedDigitizationData: input.requestIssuerInitiatedDigitizationData ?? false,
    callbackUrl: input.callbackUrl ?? null,
    locale: readLocale(input.locale ?? null),
    platform: input.platform ?? null,
    accountHolderData: [...new Set(input.accountHolderData)],
    pushAccountReceiptsValidityPeriod: input.pushAccountReceiptsValidityPeriod ?? LONGEST_VALIDITY,
  };
}
