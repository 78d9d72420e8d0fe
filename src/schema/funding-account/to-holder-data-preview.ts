/** Holder data as it goes into the envelope, turned into what may be shown of it. */
import {
  type AccountHolderAddress,
  type AccountHolderData,
  missingHolderItems,
} from '../../domain/funding-account.js';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import type { Loaders } from '../loaders.js';
import type {
  AccountHolderAddressPreviewObject,
  AccountHolderDataPreviewObject,
} from './account-holder-data-preview.object.js';
import { maskEmailAddress, maskPhoneNumber, maskWords } from './mask-holder-data.js';

/** Nothing is asked of the bank but `items`. @throws GatewayError CARD_STORE_UNAVAILABLE */
export async function holderDataPreview(
  loaders: Loaders,
  accountId: string,
  items: readonly AccountHolderDataItem[],
): Promise<AccountHolderDataPreviewObject> {
  const data = await loaders.accountHolderData(accountId, items);
  return toHolderDataPreview(data.reveal(), items);
}

function toHolderDataPreview(
  data: AccountHolderData,
  items: readonly AccountHolderDataItem[],
): AccountHolderDataPreviewObject {
  const { NAME: name, ADDRESS: address, EMAIL_ADDRESS: email, MOBILE_PHONE_NUMBER: phone } = data;
  return {
    name: masked(name, maskWords),
    address: address === undefined ? null : toAddressPreview(address),
    emailAddress: masked(email, maskEmailAddress),
    mobilePhoneNumber:
      phone === undefined ? null : { ...phone, phoneNumber: maskPhoneNumber(phone.phoneNumber) },
    missing: missingHolderItems(data, items),
  };
}

function toAddressPreview(address: AccountHolderAddress): AccountHolderAddressPreviewObject {
  return {
    line1: masked(address.line1, maskWords),
    line2: masked(address.line2, maskWords),
    city: address.city ?? null,
    countrySubdivision: address.countrySubdivision ?? null,
    postalCode: masked(address.postalCode, maskWords),
    country: address.country ?? null,
  };
}

function masked(text: string | undefined, mask: (text: string) => string): string | null {
  return text === undefined ? null : mask(text);
}
