/** An address within MDES's lengths, in the script that it is written in: it is for delivery, not for the card. */
import type { AccountHolderAddress } from '../../domain/funding-account.js';
import { toCountry } from './country.js';
import type { RawAddress } from './raw-holder-data.js';
import { cleanText, cutText, lengthOf } from './text.js';

const MAX = { line: 64, city: 32, countrySubdivision: 12, postalCode: 16 } as const;

/** undefined when no field is left. */
export function toAddress(raw: RawAddress): AccountHolderAddress | undefined {
  const [line1, line2] = toLines(cleanText(raw.line1 ?? ''), cleanText(raw.line2 ?? ''));
  const address = {
    line1: line1 || undefined,
    line2: line2 || undefined,
    city: cutText(cleanText(raw.city ?? ''), MAX.city) || undefined,
    countrySubdivision: whole(raw.countrySubdivision, MAX.countrySubdivision),
    postalCode: whole(raw.postalCode, MAX.postalCode),
    country: toCountry(raw.country ?? ''),
  };
  return Object.values(address).some((field) => field !== undefined) ? address : undefined;
}

/** What the first line cannot hold goes on in a free second one. */
function toLines(line1: string, line2: string): [string, string] {
  if (line2 !== '' || lengthOf(line1) <= MAX.line)
    return [cutText(line1, MAX.line), cutText(line2, MAX.line)];
  const start = cutText(line1, MAX.line);
  const endsAtWord = line1[start.length] === ' ' || !start.includes(' ');
  const first = endsAtWord ? start : start.slice(0, start.lastIndexOf(' '));
  return [first, cutText(line1.slice(first.length).trim(), MAX.line)];
}

/** Cut off, a postal code or the code of a state would be another one. */
function whole(raw: string | null | undefined, max: number): string | undefined {
  const text = cleanText(raw ?? '');
  return text !== '' && lengthOf(text) <= max ? text : undefined;
}
