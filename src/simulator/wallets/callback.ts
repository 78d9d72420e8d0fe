/** The way back to the issuer: which callback URLs are followed, and how the results are written into them. */
import { isDangerous, withQuery } from '../../domain/url.js';
import type { ReceiptResult } from './wallet-results.js';

/** `RAW`: brackets and pipe as they are, which some requestors send though a URL should not hold them. */
type CallbackForm = 'ENCODED' | 'RAW';

const PUNCTUATION: Readonly<Record<CallbackForm, readonly [open: string, close: string, pipe: string]>> = {
  ENCODED: ['%5B', '%5D', '%7C'],
  RAW: ['[', ']', '|'],
};

/** Absolute, app schemes too. Printable ASCII, so that it fits a header. */
const FOLLOWED = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]{1,255}$/i;

export function isCallbackUrl(text: string): boolean {
  return FOLLOWED.test(text) && !isDangerous(text) && URL.canParse(text);
}

export function callbackWithResults(
  callbackUrl: string,
  results: readonly ReceiptResult[],
  form: CallbackForm,
): string {
  if (results.length === 0) return callbackUrl;
  return withQuery(callbackUrl, results.map((result) => parameter(result, form)).join('&'));
}

function parameter({ receipt, result, tokenUniqueReference }: ReceiptResult, form: CallbackForm): string {
  const [open, close, pipe] = PUNCTUATION[form];
  const token = tokenUniqueReference === undefined ? '' : pipe + tokenUniqueReference;
  return `results${open}${encodeURIComponent(receipt)}${close}=${result}${token}`;
}
