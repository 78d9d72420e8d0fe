/** Follows pushes to their end: what the app did, what the requestor reported, and who may see it. */
import { auditHandedOff, auditOutcome, type OutcomeSource } from '../audit/events.js';
import { badUserInput, GatewayError, RETRY_AFTER_SECONDS } from '../domain/gateway-error.js';
import type { Platform } from '../domain/token-requestor.js';
import { type CallbackResult, readCallbackResults } from '../mdes/hand-off/callback-results.js';
import { pushHandedOff, pushOutcomeRecorded } from '../observability/push-events.js';
import type { Telemetry } from '../observability/telemetry.js';
import type { Caller } from './caller.js';
import type { CallbackStates } from './ledger/callback-states.js';
import type { Holder, PushLedger, PushPage } from './ledger/ledger.js';
import { isUnderWay, type Push, type PushedAccount } from './push.js';
import { pushStatus } from './push-status.js';
import { receiptHash } from './send-push.js';
import { nextOutcome, type WalletOutcome } from './wallet-outcome.js';

interface HistoryDeps {
  readonly ledger: PushLedger;
  readonly states: CallbackStates;
  readonly telemetry?: Telemetry;
}

interface ReportedOutcome {
  readonly fundingAccountId: string;
  readonly outcome: WalletOutcome;
}

/** A way back by our route. */
interface Return {
  readonly pushId: string;
  /** One of them has to be this push's. */
  readonly states: readonly string[];
  /** What is said there, as a query. */
  readonly said: string;
}

/** What a report says of an account; `unclear`: it is named, in words that nobody understands. */
type Report = WalletOutcome | 'unclear' | 'not named';

/** Who reports: by our callback route nobody has signed in. */
type Reporter = Pick<Caller, 'log' | 'audited'>;

export class PushHistory {
  readonly #deps: HistoryDeps;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  /** A push of this account holder as it stands now; null when there is none, or when it is somebody else's. */
  get(accountHolder: string, pushId: string): Promise<Push | null> {
    return this.#deps.ledger.find(pushId, { accountHolder });
  }

  /** This account holder's, newest first, without secrets. @throws GatewayError BAD_USER_INPUT */
  list(accountHolder: string, first: number, after: string | null): Promise<PushPage> {
    return this.#deps.ledger.history(accountHolder, first, after);
  }

  /** The app has handed off; only what is READY can be. Null as `get`. */
  recordHandOff(caller: Caller, pushId: string, platform: Platform): Promise<Push | null> {
    return this.#change(
      pushId,
      caller,
      (push) => asHandedOff(push, platform),
      (push) => this.#handedOff(caller, push, platform),
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
    const byAccount = new Map(reports.map((report) => [report.fundingAccountId, report.outcome]));
    return this.#change(
      pushId,
      caller,
      (push) => withReports(push, ({ fundingAccountId }) => byAccount.get(fundingAccountId) ?? 'not named'),
      (push) => this.#recorded(caller, push, 'APP'),
    );
  }

  /** The app opened at its callback URL, and passes that on. Null as `get`. @throws GatewayError BAD_USER_INPUT */
  async recordCallbackUrl(caller: Caller, pushId: string, url: string): Promise<Push | null> {
    const question = url.indexOf('?');
    const results = question < 0 ? [] : readCallbackResults(url.slice(question + 1).split('#', 1)[0] ?? '');
    if (results.length === 0) {
      throw badUserInput('url carries no results: pass on the whole URL that your app was opened with.');
    }
    return this.#change(
      pushId,
      caller,
      (push) => withResults(push, results),
      (push) => this.#recorded(caller, push, 'APP_CALLBACK_URL'),
    );
  }

  /** The account holder comes back by our route; null for what was never sent to it. @throws GatewayError */
  async recordReturn(by: Reporter, { pushId, states, said }: Return): Promise<Push | null> {
    if (!states.some((state) => this.#deps.states.isOf(pushId, state))) return null;
    const results = readCallbackResults(said);
    return this.#change(
      pushId,
      'anybody',
      // Who comes back from there was there, though nothing is said, or nothing that we understand.
      (push) => withResults(push, results) ?? asHandedOff(push, platformOf(push)),
      (push) => {
        if (pushStatus(push) === 'HANDED_OFF') this.#handedOff(by, push, platformOf(push));
        else this.#recorded(by, push, 'CALLBACK');
      },
    );
  }

  /** The ledger may ask for the change several times, or not take it: `changed` is told once, when it stands there. */
  async #change(
    pushId: string,
    holder: Holder,
    change: (push: Push) => Push | null,
    changed: (push: Push) => void,
  ): Promise<Push | null> {
    let isNews = false;
    const push = await this.#deps.ledger.change(pushId, holder, (known) => {
      const next = change(known);
      isNews = next !== null;
      return next;
    });
    if (push !== null && isNews) changed(push);
    return push;
  }

  #handedOff({ log, audited }: Reporter, push: Push, platform: Platform): void {
    pushHandedOff(log, push, platform);
    auditHandedOff(audited, push, platform);
  }

  #recorded({ log, audited }: Reporter, push: Push, source: OutcomeSource): void {
    const status = pushStatus(push);
    pushOutcomeRecorded(log, push, status);
    auditOutcome(audited, push, status, source);
    for (const { outcome } of push.accounts) {
      if (outcome !== null) this.#deps.telemetry?.outcomeTold(outcome.outcome, outcome.certainty);
    }
  }
}

/** Only what is READY can be; null: it stays as it is. */
function asHandedOff(push: Push, platform: Platform): Push | null {
  return pushStatus(push) === 'READY' ? { ...push, handedOff: { platform, at: push.readAt } } : null;
}

/** Where a push was opened of which the app has not said so: a URL for WEB fits everywhere. */
function platformOf({ platform }: Push): Platform {
  return platform ?? 'WEB';
}

/** A result counts for the account whose receipt it names; foreign receipts change nothing. */
function withResults(push: Push, results: readonly CallbackResult[]): Push | null {
  if (results.length === 0) return null;
  const byHash = new Map<string, Report>(
    results.map(({ receipt, result }) => [receiptHash(receipt.reveal()), result ?? 'unclear']),
  );
  const reportOf = ({ result }: PushedAccount): Report =>
    (result?.kind === 'PUSHED' ? byHash.get(result.receiptHash) : undefined) ?? 'not named';
  return withReports(push, reportOf, { othersWereLeft: true });
}

/**
 * null when it is no news. A requestor that calls back and is silent about an account has not taken it; one of which
 * it says what nobody understands stays as it is.
 */
function withReports(
  push: Push,
  reportOf: (account: PushedAccount) => Report,
  { othersWereLeft = false } = {},
): Push | null {
  requireAnswer(push);
  if (push.phase.kind !== 'ANSWERED') return null;
  const pushed = push.accounts.filter(({ result }) => result?.kind === 'PUSHED');
  if (pushed.every((account) => reportOf(account) === 'not named')) return null;
  const at = push.readAt;
  const accounts = push.accounts.map((account): PushedAccount => {
    if (account.result?.kind !== 'PUSHED') return account;
    const report = reportOf(account);
    const { outcome: known } = account;
    if (report === 'unclear') return account;
    if (report !== 'not named') {
      return { ...account, outcome: nextOutcome(known, { outcome: report, certainty: 'REPORTED', at }) };
    }
    if (!othersWereLeft) return account;
    return { ...account, outcome: nextOutcome(known, { outcome: 'CANCELLED', certainty: 'INFERRED', at }) };
  });
  const isNews = push.accounts.some(
    ({ fundingAccountId, outcome }) =>
      accounts.find((account) => account.fundingAccountId === fundingAccountId)?.outcome !== outcome,
  );
  return isNews ? { ...push, accounts } : null;
}

/**
 * Who has results has receipts, so MDES has answered; where the ledger has not been told yet (RecordLater), a report
 * would be lost. When the push is too old to be under way nobody will tell it any more. @throws GatewayError
 */
function requireAnswer(push: Push): void {
  if (!isUnderWay(push)) return;
  throw new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The gateway does not know yet how this push ended. Nothing was recorded; try again shortly.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
