/** The locale of a push: BCP 47 as every device has it, in the form that MDES takes. */
import { badUserInput } from '../domain/gateway-error.js';

const LONGEST = 35;
const LANGUAGE = /^[a-z]{2}$/;
const COUNTRY = /^[A-Z]{2}$/;

/** `en_US`, from `en-US`, `en_US`, `zh-Hans-CN` or `en`. @throws GatewayError BAD_USER_INPUT */
export function readLocale(locale: string | null): string | null {
  if (locale === null) return null;
  const { language = '', country = '' } = locale.length > LONGEST ? {} : parse(locale.replaceAll('_', '-'));
  if (LANGUAGE.test(language) && COUNTRY.test(country)) return `${language}_${country}`;
  throw badUserInput(
    'locale takes a language and a country like en-US or en_US (ISO 639-1 and ISO 3166-1 alpha-2).',
  );
}

/** Of a tag without a country (`de`, or `es-419`) that where the language is spoken most. */
function parse(tag: string): { readonly language?: string; readonly country?: string | undefined } {
  try {
    const { language, region } = new Intl.Locale(tag);
    const country = region !== undefined && COUNTRY.test(region) ? region : likelyCountry(language);
    return { language, country };
  } catch {
    return {};
  }
}

function likelyCountry(language: string): string | undefined {
  return new Intl.Locale(language).maximize().region;
}
