/** What the issuer hands off in the query of a redirect: signed in one parameter, or in plain ones. */
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import type { ReceiptBook } from '../state/receipt-book.js';
import type { JwsKey } from '../wire/sign-push-data.js';
import { isCallbackUrl } from './callback.js';
import { type PushData, verifyPushData } from './verify-push-data.js';

export interface HandOff {
  readonly signed: boolean;
  readonly receipts: readonly string[];
  /** Absent: the account holder stays at the wallet. */
  readonly callbackUrl?: string | undefined;
  /** False: the wallet may go back or not. This one always does. */
  readonly callbackRequired: boolean;
  readonly accountHolderDataSupplied: boolean;
  readonly locale?: string | undefined;
}

type HandOffProblem = { readonly problem: string };

const MOST_RECEIPTS = 5;
const LONGEST_RECEIPT = 64;

export function readHandOff(
  query: URLSearchParams,
  requestor: CatalogueEntry,
  parts: { readonly jwsKey: JwsKey; readonly receipts: ReceiptBook },
): HandOff | HandOffProblem {
  // One that verifies signatures must not take the plain form too: then anybody could leave the signature out.
  const signs = requestor.tokenRequestorSignatureSupport === true;
  const handOff = signs ? readSigned(query, requestor, parts) : readPlain(query);
  if ('problem' in handOff) return handOff;
  const { receipts, callbackUrl } = handOff;
  if (receipts.length > MOST_RECEIPTS) return { problem: `There are more than ${MOST_RECEIPTS} receipts.` };
  if (receipts.some((receipt) => receipt.length > LONGEST_RECEIPT)) {
    return { problem: `A receipt is longer than ${LONGEST_RECEIPT} characters.` };
  }
  if (callbackUrl !== undefined && !isCallbackUrl(callbackUrl)) {
    return { problem: 'The callback URL is not an absolute URL of a site or an app.' };
  }
  if (receipts.length === 0 && callbackUrl === undefined) return { problem: 'No card came along.' };
  // One card at a time: the first counts, the rest is ignored.
  return requestor.supportsMultiplePushedCards ? handOff : { ...handOff, receipts: receipts.slice(0, 1) };
}

function readSigned(
  query: URLSearchParams,
  { tokenRequestorId }: CatalogueEntry,
  { jwsKey, receipts }: { readonly jwsKey: JwsKey; readonly receipts: ReceiptBook },
): HandOff | HandOffProblem {
  const jws = query.get('pushAccountData');
  if (jws === null) return { problem: 'This wallet takes signed data only, in pushAccountData.' };
  const data = verifyPushData(jws, jwsKey);
  if (data === undefined) return { problem: 'The signature of pushAccountData is not right.' };
  // The signature does not say for whom it was made; the receipts do.
  const foreign = data.pushAccountReceipts.some((receipt) => {
    const refusal = receipts.refusalOf(receipt, tokenRequestorId);
    return refusal === 'RECEIPT_OF_OTHER_REQUESTOR' || refusal === 'RECEIPT_UNKNOWN';
  });
  if (foreign) return { problem: 'A receipt was not made for this wallet.' };
  return fromPushData(data);
}

function fromPushData({
  pushAccountReceipts,
  callbackURL,
  accountHolderDataSupplied,
  locale,
}: PushData): HandOff {
  return {
    signed: true,
    receipts: pushAccountReceipts,
    callbackUrl: callbackURL,
    // Not among the signed members: whoever signs a callback wants it.
    callbackRequired: true,
    accountHolderDataSupplied: accountHolderDataSupplied ?? false,
    locale,
  };
}

function readPlain(query: URLSearchParams): HandOff {
  const receipts = (query.get('pushAccountReceipts') ?? '').split(',').filter((receipt) => receipt !== '');
  return {
    signed: false,
    receipts: [...new Set(receipts)],
    callbackUrl: query.get('callbackURL') ?? undefined,
    callbackRequired: query.get('callbackRequired') !== 'false',
    accountHolderDataSupplied: query.get('accountHolderDataSupplied') === 'true',
    locale: query.get('locale') ?? undefined,
  };
}
