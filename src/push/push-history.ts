/** Follows pushes to their end: what the app did, what the requestor reported, and who may see it. */
import type { Clock } from '../domain/clock.js';
import { badUserInput, GatewayError, RETRY_AFTER_SECONDS } from '../domain/gateway-error.js';
import type { Platform } from '../domain/token-requestor.js';
import { type CallbackResult, readCallbackResults } from '../mdes/hand-off/callback-results.js';
import type { Logger } from '../observability/logger.js';
import { pushHandedOff, pushOutcomeRecorded } from '../observability/push-events.js';
import type { Caller } from './caller.js';
import type { PushLedger, PushPage } from './ledger/ledger.js';
import type { PushKeys } from './ledger/push-keys.js';
import type { Push } from './push.js';
import { pushStatus } from './push-status.js';
import { type AccountOutcome, nextOutcome, type WalletOutcome } from './wallet-outcome.js';

interface HistoryDeps {
  readonly ledger: PushLedger;
  readonly keys: PushKeys;
  readonly clock: Clock;
}

interface ReportedOutcome {
  readonly fundingAccountId: string;
  readonly outcome: WalletOutcome;
}

/** What our callback route may tell a browser: nothing that is worth anything. */
interface ReturnedPush {
  readonly push: Push;
  /** Where the account holder goes on to; null when the requestor was not told to come by us. */
  readonly callbackUrl: string | null;
}

export class PushHistory {
  readonly #deps: HistoryDeps;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  /** A push of this account holder as it stands now; null when there is none, or when it is somebody else's. */
  async get(accountHolder: string, pushId: string): Promise<Push | null> {
    const push = await this.#deps.ledger.get(pushId);
    return push?.owner === this.#deps.keys.owner(accountHolder) ? push : null;
  }

  /** This account holder's, newest first, without secrets. @throws GatewayError BAD_USER_INPUT */
  async list(accountHolder: string, first: number, after: string | null): Promise<PushPage> {
    const page = await this.#deps.ledger.list(this.#deps.keys.owner(accountHolder), first, after);
    if (page === null)
      throw badUserInput('after is no cursor of these pushes: take endCursor of the page before.');
    return { ...page, pushes: page.pushes.map((push) => ({ ...push, secrets: null })) };
  }

  /** The app has handed off; only what is READY can be. Null as `get`. */
  async recordHandOff(caller: Caller, pushId: string, platform: Platform): Promise<Push | null> {
    const at = this.#deps.clock.now();
    return this.#changeOwn(
      caller.accountHolder,
      pushId,
      (push) => (pushStatus(push, at) === 'READY' ? { ...push, handedOff: { platform, at } } : null),
      (push) => pushHandedOff(caller.log, push, platform),
    );
  }

  /** The app tells what the requestor told it. Null as `get`. @throws GatewayError BAD_USER_INPUT */
  async recordOutcome(
    caller: Caller,
    pushId: string,
    reports: readonly ReportedOutcome[],
  ): Promise<Push | null> {
    const known = await this.get(caller.accountHolder, pushId);
    if (known === null) return null;
    const ids = known.accounts.map(({ fundingAccountId }) => fundingAccountId);
    if (reports.length === 0 || reports.some(({ fundingAccountId }) => !ids.includes(fundingAccountId))) {
      throw badUserInput(
        'outcomes takes one entry for each account of this push that something is known of.',
      );
    }
    if (new Set(reports.map(({ fundingAccountId }) => fundingAccountId)).size !== reports.length) {
      throw badUserInput('outcomes names an account twice. Name each once.');
    }
    const byIndex = new Map(reports.map((report) => [ids.indexOf(report.fundingAccountId), report.outcome]));
    return this.#changeOwn(
      caller.accountHolder,
      pushId,
      (push) => this.#withOutcomes(push, byIndex),
      (push) => this.#outcomeRecorded(caller.log, push),
    );
  }

  /** The app opened at its callback URL, and passes that on. Null as `get`. @throws GatewayError BAD_USER_INPUT */
  async recordCallbackUrl(caller: Caller, pushId: string, url: string): Promise<Push | null> {
    const question = url.indexOf('?');
    const results = question < 0 ? [] : readCallbackResults(url.slice(question + 1).split('#', 1)[0] ?? '');
    if (results.length === 0) {
      throw badUserInput('url carries no results: pass on the whole URL that your app was opened with.');
    }
    return this.#changeOwn(
      caller.accountHolder,
      pushId,
      (push) => this.#withResults(push, results),
      (push) => this.#outcomeRecorded(caller.log, push),
    );
  }

  /** The account holder comes back by our route; null for what was never sent to it. */
  async recordReturn(
    log: Logger,
    pushId: string,
    state: string,
    query: string,
  ): Promise<ReturnedPush | null> {
    if (!this.#deps.keys.isState(pushId, state)) return null;
    const results = readCallbackResults(query);
    const push = await this.#change(
      pushId,
      (known) => this.#withResults(known, results),
      (changed) => this.#outcomeRecorded(log, changed),
    );
    return push === null ? null : { push, callbackUrl: push.callbackUrl };
  }

  async #changeOwn(
    accountHolder: string,
    pushId: string,
    change: (push: Push) => Push | null,
    changed: (push: Push) => void,
  ): Promise<Push | null> {
    const owner = this.#deps.keys.owner(accountHolder);
    const push = await this.#change(
      pushId,
      (known) => (known.owner === owner ? change(known) : null),
      changed,
    );
    return push?.owner === owner ? push : null;
  }

  /** The ledger may ask for the change several times, or not take it: `changed` is told once, when it stands there. */
  async #change(
    pushId: string,
    change: (push: Push) => Push | null,
    changed: (push: Push) => void,
  ): Promise<Push | null> {
    let isNews = false;
    const push = await this.#deps.ledger.change(pushId, (known) => {
      const next = change(known);
      isNews = next !== null;
      return next;
    });
    if (push !== null && isNews) changed(push);
    return push;
  }

  #outcomeRecorded(log: Logger, push: Push): void {
    pushOutcomeRecorded(log, push, pushStatus(push, this.#deps.clock.now()));
  }

  /** A result counts for the account whose receipt it names; foreign receipts change nothing. */
  #withResults(push: Push, results: readonly CallbackResult[]): Push | null {
    if (results.length === 0) return null;
    this.#requireAnswer(push);
    if (push.phase.kind !== 'ANSWERED') return null;
    const hashes = push.phase.results.map((result) => (result.kind === 'PUSHED' ? result.receiptHash : null));
    const byIndex = new Map<number, WalletOutcome | null>();
    for (const { receipt, result } of results) {
      const index = hashes.indexOf(this.#deps.keys.receiptHash(receipt.reveal()));
      if (index >= 0) byIndex.set(index, result);
    }
    return this.#withOutcomes(push, byIndex, { othersWereLeft: true });
  }

  /**
   * null when it is no news. A requestor that calls back and is silent about an account has not taken it; one of which
   * it says what nobody understands (null) stays as it is.
   */
  #withOutcomes(
    push: Push,
    reported: ReadonlyMap<number, WalletOutcome | null>,
    { othersWereLeft = false } = {},
  ): Push | null {
    this.#requireAnswer(push);
    const { phase } = push;
    if (phase.kind !== 'ANSWERED' || reported.size === 0) return null;
    const at = this.#deps.clock.now();
    const outcomes = push.outcomes.map((known, index): AccountOutcome | null => {
      if (phase.results[index]?.kind !== 'PUSHED') return known;
      const outcome = reported.get(index);
      if (outcome === null) return known;
      if (outcome !== undefined) return nextOutcome(known, { outcome, certainty: 'REPORTED', at });
      return othersWereLeft ? nextOutcome(known, { outcome: 'CANCELLED', certainty: 'INFERRED', at }) : known;
    });
    if (outcomes.every((outcome, index) => outcome === push.outcomes[index])) return null;
    return { ...push, outcomes };
  }

  /**
   * Who has results has receipts, so MDES has answered; where the ledger has not been told yet (RecordLater), a report
   * would be lost. @throws GatewayError
   */
  #requireAnswer({ phase, expiresAt }: Push): void {
    if (phase.kind !== 'SENT' || expiresAt <= this.#deps.clock.now()) return;
    throw new GatewayError(
      'LEDGER_UNAVAILABLE',
      'The gateway does not know yet how this push ended. Nothing was recorded; try again shortly.',
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
}
