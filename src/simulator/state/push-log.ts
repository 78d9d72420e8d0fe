/** Every push that was understood, decrypted, with its verdict: what tests look the truth up in. */
import type { Clock } from '../../domain/clock.js';
import type { AccountOutcome } from '../operations/push-account.js';
import type { PushedAccount } from '../wire/funding-account.js';
import type { PushRequest } from '../wire/push-request.js';
import type { WireError } from '../wire/wire-error.js';

type PushVerdict = 'PUSHED' | 'PARTLY_PUSHED' | 'REFUSED';

export interface PushLog {
  carriedOut(request: PushRequest, outcomes: readonly AccountOutcome[]): void;
  refused(request: PushRequest, accounts: readonly PushedAccount[], errors: readonly WireError[]): void;
  list(): readonly object[];
  clear(): void;
}

/** The oldest go first: a long run must not fill the memory. */
const MOST_PUSHES = 20_000;

export function createPushLog(clock: Clock): PushLog {
  let entries: object[] = [];

  function note(
    request: PushRequest,
    verdict: PushVerdict,
    accounts: readonly object[],
    errors?: object,
  ): void {
    // A quarter at once, since every shift of a long list copies it.
    if (entries.length >= MOST_PUSHES) entries = entries.slice(MOST_PUSHES / 4);
    const { pushFundingAccounts: _, ...clear } = request;
    entries.push({ ...clear, time: new Date(clock.now()).toISOString(), verdict, accounts, errors });
  }

  return {
    carriedOut(request, outcomes) {
      const receipts = outcomes.filter(({ receipt }) => receipt !== undefined).length;
      const all: PushVerdict = receipts === outcomes.length ? 'PUSHED' : 'PARTLY_PUSHED';
      note(request, receipts === 0 ? 'REFUSED' : all, outcomes.map(toEntry));
    },
    refused(request, accounts, errors) {
      const untouched = accounts.map((account) => ({ ...account, verdict: 'REFUSED' }));
      note(request, 'REFUSED', untouched, errors);
    },
    list: () => entries,
    clear() {
      entries = [];
    },
  };
}

function toEntry({ account, receipt, errors }: AccountOutcome): object {
  if (receipt === undefined) return { ...account, verdict: 'REFUSED', errors };
  const { pushAccountReceipt, expiresAt } = receipt;
  return {
    ...account,
    verdict: 'RECEIPT',
    pushAccountReceipt,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
