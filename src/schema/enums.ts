/** The enums that several types share. */
import { registerEnumType } from 'type-graphql';
import type { AccountHolderDataItem, Platform } from '../domain/token-requestor.js';

/** TypeGraphQL takes an enum as an object; our values are their own names. */
export const PlatformEnum: { readonly [Name in Platform]: Name } = {
  ANDROID: 'ANDROID',
  IOS: 'IOS',
  WEB: 'WEB',
};

export const AccountHolderDataItemEnum: { readonly [Name in AccountHolderDataItem]: Name } = {
  NAME: 'NAME',
  ADDRESS: 'ADDRESS',
  EMAIL_ADDRESS: 'EMAIL_ADDRESS',
  MOBILE_PHONE_NUMBER: 'MOBILE_PHONE_NUMBER',
};

registerEnumType(PlatformEnum, {
  name: 'Platform',
  description: 'Where the account holder is when the push is handed over to the wallet or merchant.',
  valuesConfig: {
    ANDROID: { description: 'An Android device: the URL is opened with an ACTION_VIEW intent.' },
    IOS: { description: 'An iPhone or iPad: the URL is a universal link or an app scheme.' },
    WEB: { description: 'A browser on any device; also the fallback for the other two.' },
  },
});
registerEnumType(AccountHolderDataItemEnum, {
  name: 'AccountHolderDataItem',
  description:
    'Personal data of the account holder that can go along with a card, so that it need not be typed.',
  valuesConfig: {
    NAME: { description: 'The name, as on the card.' },
    ADDRESS: { description: 'The billing address.' },
    EMAIL_ADDRESS: { description: 'The e-mail address.' },
    MOBILE_PHONE_NUMBER: { description: 'The mobile phone number with its country code.' },
  },
});
