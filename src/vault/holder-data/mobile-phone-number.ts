/** A phone number split as MDES takes it: dial-in code and national number, digits only. */
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min';
import type { AccountHolderPhoneNumber } from '../../domain/funding-account.js';
import { toAlpha2 } from './country.js';
import type { RawPhoneNumber } from './raw-holder-data.js';
import { cleanText } from './text.js';

/**
 * undefined for what cannot be a number of its country. Judged by length alone: plans of numbers change more often
 * than a library does, and the bank has called this one.
 * @param homeCountry where a national number is from that does not say so itself
 */
export function toMobilePhoneNumber(
  raw: RawPhoneNumber,
  homeCountry?: string,
): AccountHolderPhoneNumber | undefined {
  const { phoneNumber, countryDialInCode, country } = typeof raw === 'string' ? { phoneNumber: raw } : raw;
  // The bank has split it in MDES's form, and knows its numbers better than a library.
  if (countryDialInCode && /^\d{1,4}$/.test(countryDialInCode) && /^\d{1,20}$/.test(phoneNumber)) {
    return { countryDialInCode, phoneNumber };
  }
  const [, dialIn] = /^\+?(\d{1,4})$/.exec(countryDialInCode?.trim() ?? '') ?? [];
  const alpha2 = toAlpha2(country || homeCountry || '');
  const region = getCountries(metadata).find((known) => known === alpha2);
  const number = cleanText(phoneNumber, 'NFKC');
  const known = parsePhoneNumberFromString(
    dialIn === undefined || number.startsWith('+') ? number : `+${dialIn} ${number}`,
    { extract: false, ...(region && { defaultCountry: region }) },
    metadata,
  );
  return known?.isPossible()
    ? { countryDialInCode: known.countryCallingCode, phoneNumber: known.nationalNumber }
    : undefined;
}
