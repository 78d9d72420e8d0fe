/** What a token requestor can say of a receipt, and the token that it names for the good results. */
import { randomUUID } from 'node:crypto';
import type { ReceiptBook } from '../state/receipt-book.js';

export const WALLET_RESULTS = [
  'APPROVED',
  'REQUIRE_ADDITIONAL_AUTHENTICATION',
  'DECLINED',
  'CANCELLED',
  'ERROR',
  'DUPLICATE_REQUEST',
  'AUTHENTICATED',
  'DELETED',
] as const;
export type WalletResult = (typeof WALLET_RESULTS)[number];

export interface ReceiptResult {
  readonly receipt: string;
  readonly result: WalletResult;
  readonly tokenUniqueReference?: string;
}

/** Those for which the card was tokenised, so that the receipt is used up. */
const WITH_TOKEN: readonly WalletResult[] = [
  'APPROVED',
  'REQUIRE_ADDITIONAL_AUTHENTICATION',
  'AUTHENTICATED',
  'DELETED',
];

/** The result that was wished for, or what MDES makes of it: a receipt that is not good any more cannot be approved. */
export function settle(
  receipts: ReceiptBook,
  tokenRequestorId: string,
  receipt: string,
  wished: WalletResult,
): ReceiptResult {
  if (!WITH_TOKEN.includes(wished)) return { receipt, result: wished };
  const redeemed = receipts.redeem(receipt, tokenRequestorId);
  if ('receipt' in redeemed) {
    return { receipt, result: wished, tokenUniqueReference: newTokenUniqueReference() };
  }
  const usedBefore = redeemed.refusal === 'RECEIPT_ALREADY_REDEEMED';
  return { receipt, result: usedBefore ? 'DUPLICATE_REQUEST' : 'ERROR' };
}

/** 48 characters, in the form that was seen. */
function newTokenUniqueReference(): string {
  return `DWSPMC0000000001${randomUUID().replaceAll('-', '')}`;
}
