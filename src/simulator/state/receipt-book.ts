/** The receipts that were given out: each for one token requestor, for one use, for some minutes. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.js';
import type { AccountProduct } from '../catalogue/account-ranges.js';

export interface Receipt {
  readonly pushAccountReceipt: string;
  readonly tokenRequestorId: string;
  readonly requestId: string;
  readonly pushAccountId: string;
  readonly product: AccountProduct;
  /** Of the account's number: what the account holder knows it by. */
  readonly lastFour: string;
  /** Epoch milliseconds on the simulator's clock. */
  readonly expiresAt: number;
}

export type RedeemRefusal =
  | 'RECEIPT_UNKNOWN'
  | 'RECEIPT_OF_OTHER_REQUESTOR'
  | 'RECEIPT_ALREADY_REDEEMED'
  | 'RECEIPT_EXPIRED';

type Redeemed = { readonly receipt: Receipt } | { readonly refusal: RedeemRefusal };

export interface ReceiptBook {
  giveOut(order: Omit<Receipt, 'pushAccountReceipt' | 'expiresAt'> & { readonly validMs: number }): Receipt;
  /** undefined when it is unknown. */
  find(pushAccountReceipt: string): Receipt | undefined;
  /** Why it could not be redeemed now; asking uses nothing up. */
  refusalOf(pushAccountReceipt: string, tokenRequestorId: string): RedeemRefusal | undefined;
  redeem(pushAccountReceipt: string, tokenRequestorId: string): Redeemed;
  clear(): void;
}

const PRODUCT_CODES: Readonly<Record<AccountProduct, string>> = {
  CREDIT: 'MCC',
  DEBIT: 'DMC',
  BANK_ACCOUNT: 'DMC',
  MAESTRO: 'MSI',
};
/** The oldest go first: a long run must not fill the memory. */
const MOST_RECEIPTS = 50_000;

export function createReceiptBook(clock: Clock): ReceiptBook {
  const receipts = new Map<string, Receipt>();
  const redeemed = new Set<string>();

  function forgetOldest(): void {
    const oldest = receipts.keys().next().value;
    if (receipts.size < MOST_RECEIPTS || oldest === undefined) return;
    receipts.delete(oldest);
    redeemed.delete(oldest);
  }

  function judge(receipt: Receipt, tokenRequestorId: string): RedeemRefusal | undefined {
    if (receipt.tokenRequestorId !== tokenRequestorId) return 'RECEIPT_OF_OTHER_REQUESTOR';
    if (redeemed.has(receipt.pushAccountReceipt)) return 'RECEIPT_ALREADY_REDEEMED';
    return clock.now() >= receipt.expiresAt ? 'RECEIPT_EXPIRED' : undefined;
  }

  return {
    giveOut({ validMs, ...rest }) {
      forgetOldest();
      const pushAccountReceipt = `${PRODUCT_CODES[rest.product]}-STL-${randomUUID().toUpperCase()}`;
      const receipt = { pushAccountReceipt, ...rest, expiresAt: clock.now() + validMs };
      receipts.set(pushAccountReceipt, receipt);
      return receipt;
    },
    find: (pushAccountReceipt) => receipts.get(pushAccountReceipt),
    refusalOf(pushAccountReceipt, tokenRequestorId) {
      const receipt = receipts.get(pushAccountReceipt);
      return receipt === undefined ? 'RECEIPT_UNKNOWN' : judge(receipt, tokenRequestorId);
    },
    redeem(pushAccountReceipt, tokenRequestorId) {
      const receipt = receipts.get(pushAccountReceipt);
      if (receipt === undefined) return { refusal: 'RECEIPT_UNKNOWN' };
      const refusal = judge(receipt, tokenRequestorId);
      if (refusal !== undefined) return { refusal };
      redeemed.add(pushAccountReceipt);
      return { receipt };
    },
    clear() {
      receipts.clear();
      redeemed.clear();
    },
  };
}
