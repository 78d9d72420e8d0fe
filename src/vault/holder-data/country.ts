/** A country in MDES's form, ISO 3166-1 alpha-3, from whatever form a bank keeps it in. */
import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { cleanText } from './text.js';

// Only these: the package itself reads the names of all 80 languages.
countries.registerLocale(english);

/** No country has a longer name, and the library compares one after the other. */
const MAX_COUNTRY = 64;

/** From alpha-3, alpha-2, numeric, or the English name. */
export function toCountry(text: string): string | undefined {
  const country = cleanText(text, 'NFKC');
  if (country === '' || country.length > MAX_COUNTRY) return undefined;
  // Believed as it stands: banks use codes beside the standard, such as XKX for Kosovo.
  if (/^[A-Z]{3}$/.test(country)) return country;
  return byCode(country) ?? countries.getSimpleAlpha3Code(country, 'en');
}

/** Alpha-2, as libraries name countries. */
export function toAlpha2(text: string): string | undefined {
  const alpha3 = toCountry(text);
  return alpha3 === undefined ? undefined : countries.alpha3ToAlpha2(alpha3);
}

/** The forms are told apart here: the library finds `constructor`, too. */
function byCode(text: string): string | undefined {
  if (/^\d{1,3}$/.test(text)) return countries.numericToAlpha3(text);
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return countries.alpha2ToAlpha3(code);
  return /^[A-Z]{3}$/.test(code) && countries.alpha3ToAlpha2(code) !== undefined ? code : undefined;
}
