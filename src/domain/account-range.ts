/** An account range's start: the number that MDES knows a range of card or account numbers by. */
import { z } from 'zod';

declare const brand: unique symbol;

/** 19 digits, zero-padded on the right, as MDES compares them. Example: `5412346789000000000`. */
export type AccountRange = string & { readonly [brand]: 'AccountRange' };

const FORM = /^\d{9,19}$/;
const DIGITS = 19;

/** Takes 9 to 19 digits; anything else is `undefined`. Two spellings are equal when they are equal padded. */
export function parseAccountRange(text: string): AccountRange | undefined {
  return FORM.test(text) ? (text.padEnd(DIGITS, '0') as AccountRange) : undefined;
}

/** For an object's form, at an edge. */
export const accountRangeForm = z.string().transform((text, context) => {
  const range = parseAccountRange(text);
  if (range !== undefined) return range;
  context.addIssue({ code: 'custom', message: 'not an account range' });
  return z.NEVER;
});
