/** The holder data of one account, of those items that were asked for, as it will be sent; and what cannot be. */
import type { AccountHolderAddress, AccountHolderData } from '../../domain/funding-account.js';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import { toAddress } from './address.js';
import { toEmailAddress } from './email-address.js';
import { toMobilePhoneNumber } from './mobile-phone-number.js';
import { toName } from './name.js';
import type { RawAddress, RawHolderData } from './raw-holder-data.js';

/** What the bank has, but not in a form that can be sent. It never says what that was. */
export interface LeftOut {
  /** An item, or a field of the address. */
  readonly item: string;
  readonly reason: string;
}

const REASONS: Readonly<Record<AccountHolderDataItem, string>> = {
  NAME: 'no letter is left that can be written in Latin',
  ADDRESS: 'no field is left that can be sent',
  EMAIL_ADDRESS: 'not an e-mail address',
  MOBILE_PHONE_NUMBER: 'not a phone number, or a national one of no known country',
};

const ADDRESS_FIELDS = ['line1', 'line2', 'city', 'countrySubdivision', 'postalCode', 'country'] as const;

/** Items that nobody asked for are left behind, whatever the store sends along: MDES would pass them on. */
export function toHolderData(
  raw: RawHolderData,
  items: readonly AccountHolderDataItem[],
): { readonly holder: AccountHolderData; readonly leftOut: readonly LeftOut[] } {
  const { accountHolderName: name } = raw;
  const address = items.includes('ADDRESS') ? raw.accountHolderAddress : undefined;
  const { accountHolderEmailAddress: email, accountHolderMobilePhoneNumber: phone } = raw;
  const given = { NAME: name, ADDRESS: address, EMAIL_ADDRESS: email, MOBILE_PHONE_NUMBER: phone };
  const asked = <T>(item: AccountHolderDataItem, make: () => T) =>
    items.includes(item) ? make() : undefined;
  const holder: AccountHolderData = {
    NAME: asked('NAME', () => toName(name ?? '')),
    ADDRESS: asked('ADDRESS', () => toAddress(address ?? {})),
    EMAIL_ADDRESS: asked('EMAIL_ADDRESS', () => toEmailAddress(email ?? '')),
    MOBILE_PHONE_NUMBER: asked('MOBILE_PHONE_NUMBER', () =>
      toMobilePhoneNumber(phone ?? '', address?.country ?? ''),
    ),
  };
  const unfit = items.filter((item) => given[item] != null && holder[item] === undefined);
  return {
    holder,
    leftOut: [
      ...unfit.map((item) => ({ item, reason: REASONS[item] })),
      ...(address && holder.ADDRESS ? leftOutOf(address, holder.ADDRESS) : []),
    ],
  };
}

function leftOutOf(raw: RawAddress, address: AccountHolderAddress): LeftOut[] {
  return ADDRESS_FIELDS.filter((field) => raw[field] != null && address[field] === undefined).map(
    (field) => ({
      item: `ADDRESS.${field}`,
      reason: 'empty, too long, or not in a known form',
    }),
  );
}
