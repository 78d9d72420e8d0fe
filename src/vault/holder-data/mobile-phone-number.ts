/** A phone number split as MDES takes it: dial-in code and national number, digits only. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
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
  const [, dialIn] = /^\+?(\d{1,4})$/.exec(countryDialInCode?.trim() ?? '') ?? [];
  const region = toAlpha2(country ?? homeCountry ?? '');
  const known = parsePhoneNumberFromString(cleanText(phoneNumber, 'NFKC'), {
    extract: false,
    ...(dialIn !== undefined && { defaultCallingCode: dialIn }),
    ...(dialIn === undefined && region && isSupportedCountry(region) && { defaultCountry: region }),
  });
  if (known?.isPossible()) {
    return { countryDialInCode: known.countryCallingCode, phoneNumber: known.nationalNumber };
  }
  // Split already, and digits only: the bank knows its numbers better than we do.
  return dialIn !== undefined && /^\d{1,20}$/.test(phoneNumber)
    ? { countryDialInCode: dialIn, phoneNumber }
    : undefined;
}
