/** POST /simulator/redeem: a token requestor takes a receipt, as it would at MDES. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { ReceiptBook, RedeemRefusal } from '../state/receipt-book.js';
import { type ControlAnswer, controlError, readControlBody } from './control-request.js';

const redeemOrder = z.strictObject({
  pushAccountReceipt: z.string().min(1).max(64),
  tokenRequestorId: z.string().regex(/^\d{11}$/, 'must be 11 digits'),
});

export const REDEEM_REFUSALS: Readonly<
  Record<RedeemRefusal, { readonly status: number; readonly message: string }>
> = {
  RECEIPT_UNKNOWN: { status: 404, message: 'no such receipt was given out' },
  RECEIPT_OF_OTHER_REQUESTOR: { status: 403, message: 'the receipt was made for another token requestor' },
  RECEIPT_ALREADY_REDEEMED: { status: 409, message: 'the receipt was redeemed before' },
  RECEIPT_EXPIRED: { status: 410, message: 'the receipt has expired' },
};

export async function redeem(receipts: ReceiptBook, request: IncomingMessage): Promise<ControlAnswer> {
  const order = await readControlBody(request, redeemOrder);
  if ('bad' in order) return order.bad;
  const { pushAccountReceipt, tokenRequestorId } = order.value;
  const result = receipts.redeem(pushAccountReceipt, tokenRequestorId);
  if ('refusal' in result) {
    const { status, message } = REDEEM_REFUSALS[result.refusal];
    return controlError(status, result.refusal, message);
  }
  const { requestId, pushAccountId } = result.receipt;
  return {
    status: 200,
    body: { redeemed: true, pushAccountReceipt, tokenRequestorId, requestId, pushAccountId },
  };
}
