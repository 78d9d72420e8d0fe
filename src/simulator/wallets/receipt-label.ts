/** A receipt as a page may show it: its product, and the last four digits by which the account holder knows her card. */
import type { AccountProduct } from '../catalogue/account-ranges.js';
import type { ReceiptBook } from '../state/receipt-book.js';
import { type Html, html } from './html.js';

const PRODUCTS: Readonly<Record<AccountProduct, string>> = {
  CREDIT: 'Credit card',
  DEBIT: 'Debit card',
  MAESTRO: 'Maestro card',
  BANK_ACCOUNT: 'Bank account',
};

/** Of a receipt that nobody gave out, its own end is shown. */
export function receiptLabel(receipts: ReceiptBook, receipt: string): Html {
  const found = receipts.find(receipt);
  const product = found === undefined ? 'Card' : PRODUCTS[found.product];
  return html`<div class="card"><b>${product}</b> <span>•••• ${lastFour(receipts, receipt)}</span></div>`;
}

export function lastFour(receipts: ReceiptBook, receipt: string): string {
  return receipts.find(receipt)?.lastFour ?? receipt.slice(-4);
}
