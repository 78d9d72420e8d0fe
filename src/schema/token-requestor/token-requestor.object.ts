/** A wallet or merchant that a card can be pushed to. */
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  type AccountHolderDataItem,
  type Platform,
  TOKEN_REQUESTOR_TYPES,
  type TokenRequestorType,
} from '../../domain/token-requestor.js';
import { enumOf } from '../enum-of.js';
import { AccountHolderDataItemEnum, PlatformEnum } from '../enums.js';
import { AccountRangeScalar } from '../scalars.js';

export const TokenRequestorTypeEnum = enumOf(TOKEN_REQUESTOR_TYPES);

registerEnumType(TokenRequestorTypeEnum, {
  name: 'TokenRequestorType',
  description: 'What kind of company takes the card.',
  valuesConfig: {
    WALLET: { description: 'A wallet, or a platform through which many shops are paid.' },
    MERCHANT: { description: 'A single shop or service that keeps the card on file.' },
  },
});

@ObjectType('TokenRequestor', {
  simpleResolvers: true,
  description:
    'A wallet or merchant that a card or account can be pushed to. Mastercard calls it a token requestor, because it ' +
    'asks for a token, a stand-in number that is kept in place of the card number.',
})
export class TokenRequestorObject {
  @Field(() => ID, { description: 'Eleven digits, given by Mastercard. Name it in `pushCard`.' })
  id!: string;

  @Field(() => String, { description: 'The legal name. Show `consumerFacingEntityName` instead.' })
  name!: string;

  @Field(() => String, {
    description: 'The name to show to the account holder: up to 100 characters, in any script.',
  })
  consumerFacingEntityName!: string;

  @Field(() => TokenRequestorTypeEnum, { description: 'Wallet or merchant.' })
  type!: TokenRequestorType;

  @Field(() => String, {
    nullable: true,
    description: "Mastercard's id of the wallet, 1 to 3 characters; null for merchants.",
  })
  walletId!: string | null;

  @Field(() => String, { nullable: true, description: 'The id of the logo, if there is one; see `logo`.' })
  imageAssetId!: string | null;

  @Field(() => [AccountRangeScalar], {
    description:
      "All of the issuer's account ranges whose cards can be pushed to it, as far as they are known just now: the same, " +
      'whatever was asked.',
  })
  enabledAccountRanges!: readonly string[];

  @Field(() => [PlatformEnum], {
    description:
      'Where it can take an account holder over with a URL. Show it where this holds the platform of your app, or ' +
      'WEB. Empty: by digitization data only.',
  })
  supportedPushMethods!: readonly Platform[];

  @Field(() => Boolean, {
    description: 'Whether it takes several cards (up to five) in one push. Otherwise push one at a time.',
  })
  supportsMultiplePushedCards!: boolean;

  @Field(() => [AccountHolderDataItemEnum], {
    description: 'The personal data that it takes along with a card. Name no other in `pushCard`.',
  })
  supportedAccountHolderData!: readonly AccountHolderDataItem[];

  @Field(() => Boolean, {
    description:
      'Whether it has the bank authenticate the account holder (by a code) after the card has arrived. It then takes ' +
      'one card per push.',
  })
  supportsCardHolderAuthentication!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether your app can hand the card over itself, by digitization data and the way that the wallet prescribes ' +
      '(its SDK or link), instead of opening a URL. Ask for it in `pushCard` with ' +
      '`requestIssuerInitiatedDigitizationData`.',
  })
  supportsIssuerInitiatedDigitizationData!: boolean;
}
