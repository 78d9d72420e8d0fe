/** A ledger that does some things in another way, for a fault that a test plants. */
import type { PushLedger } from '../../../src/push/ledger/ledger.js';

export function ledgerWith(ledger: PushLedger, over: Partial<PushLedger>): PushLedger {
  return {
    reserve: (...one) => ledger.reserve(...one),
    markSent: (...one) => ledger.markSent(...one),
    conclude: (...one) => ledger.conclude(...one),
    release: (...one) => ledger.release(...one),
    find: (...one) => ledger.find(...one),
    change: (...one) => ledger.change(...one),
    history: (...one) => ledger.history(...one),
    state: () => ledger.state(),
    close: () => ledger.close(),
    ...over,
  };
}
