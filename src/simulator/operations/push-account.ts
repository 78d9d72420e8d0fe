/** Carries out a push for one account: judges it and, if fit, gives out its receipt. */
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import type { MagicOutcome } from '../catalogue/magic.js';
import type { Receipt, ReceiptBook } from '../state/receipt-book.js';
import type { PushedAccount } from '../wire/funding-account.js';
import { judgeAccount } from '../wire/judge-account.js';
import type { PushRequest } from '../wire/push-request.js';
import { type WireError, wireError } from '../wire/wire-error.js';

export interface AccountOutcome {
  readonly account: PushedAccount;
  readonly receipt?: Receipt;
  readonly issuerInitiatedDigitizationData?: string;
  readonly errors?: readonly WireError[];
}

const DEFAULT_MINUTES = 15;

export function pushAccount(push: {
  readonly catalogue: SimulatedCatalogue;
  readonly receipts: ReceiptBook;
  readonly request: PushRequest;
  readonly requestor: CatalogueEntry;
  readonly account: PushedAccount;
  readonly index: number;
  readonly magic: MagicOutcome | undefined;
}): AccountOutcome {
  const { request, requestor, account, magic } = push;
  const now = new Date();
  const fit = judgeAccount(account.fundingAccountData, requestor, push.catalogue.rangeOf, now);
  if (!fit.ok) return { account, errors: fit.errors };
  if (magic === 'ALL_REFUSED' || (magic === 'FIRST_ONLY' && push.index > 0)) {
    return { account, errors: [wireError.ineligible('MDES')] };
  }
  const validMs = (request.pushAccountReceiptsValidityPeriod ?? DEFAULT_MINUTES) * 60_000;
  // The data must not be used after its own end either, though the receipt may live longer (INFERRED for redeeming).
  const dataValidMs = (fit.value.validUntil ?? Number.POSITIVE_INFINITY) - now.getTime();
  const receipt = push.receipts.giveOut({
    product: fit.value.product,
    tokenRequestorId: requestor.tokenRequestorId,
    requestId: request.requestId,
    pushAccountId: account.pushAccountId,
    lastFour: fit.value.lastFour,
    validMs: Math.min(validMs, dataValidMs),
  });
  if (request.requestIssuerInitiatedDigitizationData !== true) return { account, receipt };
  return { account, receipt, issuerInitiatedDigitizationData: digitizationData(receipt.pushAccountReceipt) };
}

function digitizationData(pushAccountReceipt: string): string {
  return Buffer.from(JSON.stringify({ fundingAccountInfo: { pushAccountReceipt } })).toString('base64');
}
