/** What a push would tell a wallet or merchant about the account holder, masked. */
import { Field, ObjectType } from 'type-graphql';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import { AccountHolderDataItemEnum } from '../enums.js';

@ObjectType('AccountHolderAddressPreview', {
  simpleResolvers: true,
  description: 'The billing address as it will be sent; lines and postal code masked.',
})
export class AccountHolderAddressPreviewObject {
  @Field(() => String, { nullable: true, description: 'Masked.' })
  line1!: string | null;

  @Field(() => String, { nullable: true, description: 'Masked.' })
  line2!: string | null;

  @Field(() => String, { nullable: true, description: 'The town.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'The state or county, for example `GB-LND`.' })
  countrySubdivision!: string | null;

  @Field(() => String, { nullable: true, description: 'Masked.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, for example `GBR`.' })
  country!: string | null;
}

@ObjectType('AccountHolderPhoneNumberPreview', {
  simpleResolvers: true,
  description: 'The mobile phone number as it will be sent, masked.',
})
class AccountHolderPhoneNumberPreviewObject {
  @Field(() => String, { description: 'The country code without plus, for example `44`.' })
  countryDialInCode!: string;

  @Field(() => String, { description: 'The national number, all but its last two digits masked.' })
  phoneNumber!: string;
}

@ObjectType('AccountHolderDataPreview', {
  simpleResolvers: true,
  description:
    'What `pushCard` would send of the account holder with this card or account, in the very form in which it would be ' +
    'sent, masked for display. Items that were not asked for are null.',
})
export class AccountHolderDataPreviewObject {
  @Field(() => String, {
    nullable: true,
    description: 'The name in Latin letters, at most 27 characters; masked, for example `S•••n A••••r`.',
  })
  name!: string | null;

  @Field(() => AccountHolderAddressPreviewObject, { nullable: true, description: 'The billing address.' })
  address!: AccountHolderAddressPreviewObject | null;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address; masked, for example `s•••@m•••.example`.',
  })
  emailAddress!: string | null;

  @Field(() => AccountHolderPhoneNumberPreviewObject, {
    nullable: true,
    description: 'The mobile phone number.',
  })
  mobilePhoneNumber!: AccountHolderPhoneNumberPreviewObject | null;

  @Field(() => [AccountHolderDataItemEnum], {
    description:
      'Asked for, but the bank has none that can be sent: a push with it is refused with ACCOUNT_HOLDER_DATA_MISSING.',
  })
  missing!: AccountHolderDataItem[];
}
