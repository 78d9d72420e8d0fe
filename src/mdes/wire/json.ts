/** Reads JSON without losing digits: MDES sends account ranges as integers of 19 digits. */
import { parse } from 'lossless-json';
import type { ZodError } from 'zod';

/** Of a length that is still cheap to make a bigint of. */
const INTEGER = /^-?\d{1,40}$/;
const SHOWN_ISSUES = 5;

/** undefined when it is not JSON in UTF-8. No error comes out, because a parser's message quotes what it has read. */
export function readJson(bytes: Buffer): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), undefined, readNumber);
  } catch {
    return undefined;
  }
}

/** A bigint where a number would not be exact. */
function readNumber(digits: string): number | bigint {
  const number = Number(digits);
  return INTEGER.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
}

/** Where a value does not fit and how, for the log: never the value itself. */
export function describeIssues(error: ZodError): string {
  const issues = error.issues.map(({ path, code }) => `${path.map(String).join('.') || '.'}: ${code}`);
  return issues.slice(0, SHOWN_ISSUES).join(', ') + (issues.length > SHOWN_ISSUES ? ', …' : '');
}
