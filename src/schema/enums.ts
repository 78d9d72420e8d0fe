/** The enums that several types share. */
import { registerEnumType } from 'type-graphql';
import { ACCOUNT_HOLDER_DATA_ITEMS, PLATFORMS } from '../domain/token-requestor.js';
import { enumOf } from './enum-of.js';

export const PlatformEnum = enumOf(PLATFORMS);

export const AccountHolderDataItemEnum = enumOf(ACCOUNT_HOLDER_DATA_ITEMS);

registerEnumType(PlatformEnum, {
  name: 'Platform',
  description: 'Where the account holder is when the push is handed off to the wallet or merchant.',
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
