/** What a wallet's page is given: whose it is, what stood in its address, and what its form sent. */
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import type { EventLog } from '../state/event-log.js';
import type { ReceiptBook } from '../state/receipt-book.js';
import type { JwsKey } from '../wire/sign-push-data.js';

export interface WalletVisit {
  readonly requestor: CatalogueEntry;
  readonly receipts: ReceiptBook;
  readonly events: EventLog;
  readonly jwsKey: JwsKey;
  readonly query: URLSearchParams;
  /** Absent when the page is only opened. */
  readonly form: URLSearchParams | undefined;
}
