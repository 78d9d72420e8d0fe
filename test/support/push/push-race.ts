/** Several processes that push, crash and are called back over one ledger, in an order that fast-check chooses. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scheduler } from 'fast-check';
import type { Catalogue } from '../../../src/catalogue/catalogue.js';
import type { IssuerRanges } from '../../../src/catalogue/issuer-ranges.js';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { Secret } from '../../../src/domain/secret.js';
import type { MdesClient, PushRequest } from '../../../src/mdes/mdes-client.js';
import { MdesError } from '../../../src/mdes/mdes-error.js';
import type { Logger } from '../../../src/observability/logger.js';
import type { CallbackStates } from '../../../src/push/ledger/callback-states.js';
import type { Attempt, PushLedger } from '../../../src/push/ledger/ledger.js';
import { PushHistory } from '../../../src/push/push-history.js';
import type { PushLimits } from '../../../src/push/push-limits.js';
import { type PushResult, PushService } from '../../../src/push/push-service.js';
import { pushStatus } from '../../../src/push/push-status.js';
import type { WalletOutcome } from '../../../src/push/wallet-outcome.js';
import type { CardStore } from '../../../src/vault/card-store.js';
import { ANY_PUSH } from './pushes.js';
import { UNAUDITED } from './unaudited.js';

const ACCOUNT_HOLDER = 'susan';
export const REQUESTOR = '50130000001';

/** What becomes of a request to the ledger: it arrives, is lost, or arrives and its answer is lost, or arrives later. */
type LedgerFate = 'OK' | 'LOST' | 'ANSWER_LOST' | 'LATE' | 'TWICE';
/** What MDES makes of a push. After the first four it may have been carried out, or is settled for good. */
type MdesFate = 'ANSWERED' | 'ANSWER_LOST' | 'TIMEOUT' | 'REFUSED' | 'BUSY' | 'UNREACHABLE';

export type Action =
  | {
      readonly kind: 'PUSH';
      readonly key: string;
      readonly process: number;
      readonly locale: string | null;
      /** Whether the caller is gone before the answer comes. */
      readonly leaves: boolean;
      /** What the wallet says when the account holder comes back: once, in two tabs at once, or never. */
      readonly results: readonly WalletOutcome[];
    }
  | { readonly kind: 'CRASH' | 'SHUT_DOWN'; readonly process: number }
  | { readonly kind: 'TIME_PASSES'; readonly ms: number };

export interface RacePlan {
  readonly actions: readonly Action[];
  readonly ledgerFates: readonly LedgerFate[];
  readonly mdesFates: readonly MdesFate[];
}

/** What all races share, since none of it is raced for. */
export interface RaceDeps {
  readonly catalogue: Catalogue;
  readonly issuerRanges: IssuerRanges;
  readonly cardStore: CardStore;
  readonly limits: PushLimits;
  readonly states: CallbackStates;
  readonly log: Logger;
  /** The store that all processes share, empty, and how its clock goes on. */
  readonly openStore: () => Promise<Store>;
  /** A fault to be found: what the processes use in place of the ledger. */
  readonly plant?: (ledger: PushLedger, pause: () => Promise<void>) => PushLedger;
}

export interface Store {
  readonly ledger: PushLedger;
  age(ms: number): Promise<void>;
  close(): Promise<void>;
}

interface Call {
  readonly pushIds: string[];
}

interface Arrival {
  readonly pushId: string;
  readonly key: string;
  readonly fate: MdesFate;
  readonly process: Process;
}

interface Process {
  readonly service: PushService;
  readonly history: PushHistory;
  state: 'SERVES' | 'SHUTS_DOWN' | 'CRASHED';
}

const MAY_COUNT: readonly MdesFate[] = ['ANSWERED', 'ANSWER_LOST', 'TIMEOUT', 'REFUSED'];
const STARTED_AT = Date.UTC(2026, 10, 23);
const PROCESSES = 2;

/** What was not as it must be, in words; empty when all was. */
export async function race(scheduler: Scheduler, plan: RacePlan, deps: RaceDeps): Promise<string[]> {
  const store = await deps.openStore();
  try {
    return await new Race(scheduler, plan, deps, store).run();
  } finally {
    await store.close();
  }
}

class Race {
  readonly #scheduler: Scheduler;
  readonly #plan: RacePlan;
  readonly #deps: RaceDeps;
  readonly #store: Store;
  readonly #processes: Process[];
  readonly #calls = new AsyncLocalStorage<Call>();
  readonly #keyOf = new Map<string, string>();
  readonly #arrivals: Arrival[] = [];
  readonly #words = new Map<string, WalletOutcome[]>();
  /** What somebody was told that the ledger has taken; neither of the words can follow the other. */
  readonly #taken: { readonly pushId: string; readonly outcome: WalletOutcome | undefined }[] = [];
  readonly #marking = new Map<string, Process>();
  readonly #late: Promise<void>[] = [];
  readonly #faults: string[] = [];
  #ledgerRequests = 0;
  #now = STARTED_AT;
  #isOver = false;

  constructor(scheduler: Scheduler, plan: RacePlan, deps: RaceDeps, store: Store) {
    this.#scheduler = scheduler;
    this.#plan = plan;
    this.#deps = deps;
    this.#store = store;
    this.#processes = Array.from({ length: PROCESSES }, (_, index) => this.#start(index));
  }

  async run(): Promise<string[]> {
    await this.#scheduler.waitFor(Promise.all(this.#plan.actions.map((action) => this.#do(action))));
    await this.#scheduler.waitIdle();
    await this.#scheduler.waitFor(Promise.all(this.#late));
    this.#isOver = true;
    await Promise.all(this.#processes.map(({ service }) => service.close()));
    await this.#timePasses(16_000);
    await this.#judge();
    this.#calls.disable();
    return this.#faults;
  }

  /** Its own clock is minutes off, and must not matter. */
  #start(index: number): Process {
    const clock = { now: () => this.#now + (index === 0 ? -20 : 16) * 60_000 };
    const { states, plant } = this.#deps;
    const pause = () => this.#pause('gap');
    const below = plant === undefined ? this.#store.ledger : plant(this.#store.ledger, pause);
    const ledger = this.#ledgerOf(below, () => process);
    const process: Process = {
      state: 'SERVES',
      history: new PushHistory({ ledger, states }),
      service: new PushService(
        {
          ...this.#deps,
          ledger,
          clock,
          mdes: this.#mdesOf(() => process),
          stepUp: null,
          callbackRules: () => [],
          callbackRoute: (pushId) => pushId,
          proprietaryHandOffs: () => [],
        },
        {
          beforeNextLook: () => this.#pause('look again'),
          turns: { next: (step) => this.#pause(step) },
        },
      ),
    };
    return process;
  }

  async #do(action: Action): Promise<void> {
    await this.#pause(action.kind);
    if (action.kind === 'TIME_PASSES') return this.#timePasses(action.ms);
    const process = this.#processes[action.process];
    if (process?.state !== 'SERVES') return;
    if (action.kind === 'PUSH') return this.#push(process, action);
    process.state = action.kind === 'CRASH' ? 'CRASHED' : 'SHUTS_DOWN';
    // Another is started in its place, as whoever runs it would.
    this.#processes.push(process);
    this.#processes[action.process] = this.#start(action.process);
    // Whoever still listens: the service itself waits for what is under way.
    if (action.kind === 'SHUT_DOWN') await process.service.close();
  }

  async #timePasses(ms: number): Promise<void> {
    this.#now += ms;
    await this.#store.age(ms);
  }

  async #push(
    process: Process,
    { key, locale, leaves, results }: Extract<Action, { kind: 'PUSH' }>,
  ): Promise<void> {
    const call: Call = { pushIds: [] };
    const input = {
      idempotencyKey: key,
      tokenRequestorId: REQUESTOR,
      fundingAccountIds: ['card-1'],
      requestIssuerInitiatedDigitizationData: false,
      callbackUrl: null,
      locale,
      platform: null,
      accountHolderData: [],
      pushAccountReceiptsValidityPeriod: 15,
    } as const;
    const { log } = this.#deps;
    const caller = {
      accountHolder: ACCOUNT_HOLDER,
      client: null,
      address: '127.0.0.1',
      grant: ANY_PUSH,
      log,
      audited: UNAUDITED,
    };
    const pushing = this.#calls.run(call, () => process.service.push(caller, input));
    const answer = await pushing.catch((error: unknown) => error);
    // Nobody hears what a dead process says, nor does who has left.
    if (process.state === 'CRASHED' || leaves) return;
    if (!(answer instanceof Error)) return this.#heard(answer as PushResult, call, results);
    if (!(answer instanceof GatewayError)) this.#fault('an error that is none of ours', String(answer));
    for (const { pushId, fate } of this.#arrivals.filter((one) => call.pushIds.includes(one.pushId))) {
      if (MAY_COUNT.includes(fate))
        this.#fault('the caller hears of an error for a push that was sent', pushId);
    }
  }

  async #heard(outcome: PushResult, call: Call, results: readonly WalletOutcome[]): Promise<void> {
    const fateOf = (pushId: string) => this.#arrivals.find((one) => one.pushId === pushId)?.fate;
    if (outcome.kind === 'REFUSAL') {
      const carriedOut = call.pushIds.filter((pushId) => fateOf(pushId) === 'ANSWERED');
      if (carriedOut.length > 0) this.#fault('refused, and yet carried out', carriedOut.join());
      return;
    }
    const { push } = outcome;
    const result = push.accounts[0]?.result;
    const receipt = result?.kind === 'PUSHED' ? result.secrets?.receipt.reveal() : undefined;
    if ((receipt !== undefined) !== (push.phase.kind === 'ANSWERED'))
      this.#fault('a receipt is missing', push.id);
    if (receipt === undefined) return;
    if (fateOf(push.id) !== 'ANSWERED') this.#fault('READY, and MDES has not answered so', push.id);
    await Promise.all(results.map((result) => this.#comeBack(push.id, receipt, result)));
  }

  /** The account holder tries three times; she is told whether it was taken. */
  async #comeBack(pushId: string, receipt: string, result: WalletOutcome): Promise<void> {
    const { states, log } = this.#deps;
    this.#words.set(pushId, [...(this.#words.get(pushId) ?? []), result]);
    for (let tries = 0; tries < 3; tries++) {
      await this.#pause('callback');
      const process = this.#processes[tries % PROCESSES];
      try {
        const said = `results[${receipt}]=${result}`;
        const wayBack = { pushId, states: [states.of(pushId)], said };
        const back = await process?.history.recordReturn({ log, audited: UNAUDITED }, wayBack);
        if (process?.state === 'CRASHED') continue;
        if (back == null) this.#fault('a push that was handed off is not known', pushId);
        // Where the ledger has not heard of the answer for 15 s, she is sent on, and nothing is said to be taken.
        else if (back.phase.kind === 'ANSWERED') {
          this.#taken.push({ pushId, outcome: back.accounts[0]?.outcome?.outcome });
        }
        return;
      } catch (error) {
        if (!(error instanceof GatewayError) && !(error instanceof Crash)) throw error;
      }
    }
  }

  async #judge(): Promise<void> {
    const { entries } = await this.#store.ledger.history(ACCOUNT_HOLDER, 1000, null);
    const listed = entries.map((entry) => (entry.kind === 'PUSH' ? entry.push.id : entry.id));
    for (const [index, { key, pushId }] of this.#arrivals.entries()) {
      const before = this.#arrivals.slice(0, index).filter((one) => one.key === key);
      if (before.some(({ fate }) => MAY_COUNT.includes(fate))) this.#fault('sent twice', pushId);
      if (before.some((one) => one.pushId === pushId)) this.#fault('a request id sent twice', pushId);
    }
    for (const pushId of this.#keyOf.keys()) {
      const push = await this.#store.ledger.find(pushId, 'anybody');
      const status = push === null ? 'GONE' : pushStatus(push);
      const arrival = this.#arrivals.find((one) => one.pushId === pushId);
      const allowed = this.#allowed(pushId, arrival, this.#words.get(pushId) ?? []);
      if (!allowed.includes(status)) {
        this.#fault(
          `${status} where ${arrival?.fate ?? 'nothing was sent'} allows ${allowed.join()}`,
          pushId,
        );
      }
      if (status !== 'GONE' && !listed.includes(pushId)) this.#fault('not in the list', pushId);
      const outcome = push?.accounts[0]?.outcome?.outcome;
      if (this.#taken.some((one) => one.pushId === pushId && (one.outcome ?? 'nothing') !== outcome)) {
        this.#fault('an outcome that was taken is lost', pushId);
      }
    }
  }

  /** What a push may end as, 16 seconds after everything. */
  #allowed(pushId: string, arrival: Arrival | undefined, words: readonly WalletOutcome[]): string[] {
    // Only where the process died between the mark and the first byte may it have left for all that anybody knows.
    if (arrival === undefined)
      return this.#marking.get(pushId)?.state === 'SERVES' ? ['GONE'] : ['GONE', 'UNKNOWN'];
    // One that lived on until the ledger answered has told it everything.
    const toldAll = arrival.process.state === 'SERVES';
    const orUnknown = toldAll ? [] : ['UNKNOWN'];
    switch (arrival.fate) {
      case 'ANSWERED':
        return ['READY', ...words.map((word) => (word === 'APPROVED' ? 'COMPLETED' : word)), ...orUnknown];
      case 'ANSWER_LOST':
      case 'TIMEOUT':
        return ['UNKNOWN'];
      case 'REFUSED':
        return ['FAILED', ...orUnknown];
      case 'BUSY':
      case 'UNREACHABLE':
        return ['GONE', ...orUnknown];
      default:
        return arrival.fate satisfies never;
    }
  }

  #ledgerOf(ledger: PushLedger, process: () => Process): PushLedger {
    const ask = async <T>(label: string, act: () => Promise<T>): Promise<T> => {
      await this.#pause(label);
      const { ledgerFates } = this.#plan;
      const fate = this.#isOver ? 'OK' : (ledgerFates[this.#ledgerRequests++] ?? 'OK');
      if (process().state === 'CRASHED') throw new Crash();
      if (fate === 'LOST') throw new GatewayError('LEDGER_UNAVAILABLE', 'lost');
      if (fate === 'LATE') {
        this.#late.push(this.#carryOutLate(label, act));
        throw new GatewayError('LEDGER_UNAVAILABLE', 'the answer does not come');
      }
      const answer = await act();
      if (fate === 'TWICE') await act();
      await this.#pause(`${label} is answered`);
      if (process().state === 'CRASHED') throw new Crash();
      if (fate === 'ANSWER_LOST') throw new GatewayError('LEDGER_UNAVAILABLE', 'the answer is lost');
      return answer;
    };
    return {
      reserve: (attempt) =>
        ask('reserve', () => {
          this.#keyOf.set(attempt.id, keyText(attempt));
          this.#calls.getStore()?.pushIds.push(attempt.id);
          return ledger.reserve(attempt);
        }),
      markSent: async (attempt, push) => {
        this.#marking.set(attempt.id, process());
        return ask('mark', () => ledger.markSent(attempt, push));
      },
      conclude: (...one) => ask('conclude', () => ledger.conclude(...one)),
      release: (attempt) => ask('release', () => ledger.release(attempt)),
      find: (...one) => ask('find', () => ledger.find(...one)),
      change: (...one) => ask('change', () => ledger.change(...one)),
      history: (...one) => ask('history', () => ledger.history(...one)),
      state: () => ledger.state(),
      close: () => Promise.resolve(),
    };
  }

  /** As a server that was frozen carries out what it has got, when it thaws. */
  async #carryOutLate(label: string, act: () => Promise<unknown>): Promise<void> {
    await this.#pause(`${label}, late`);
    await act().catch(() => undefined);
  }

  #mdesOf(process: () => Process): MdesClient {
    const answer = async ({ requestId, accounts }: PushRequest) => {
      await this.#pause('MDES');
      if (process().state === 'CRASHED') throw new Crash();
      const { mdesFates } = this.#plan;
      const fate = mdesFates[this.#arrivals.length] ?? 'ANSWERED';
      const key = this.#keyOf.get(requestId) ?? 'a key that nobody has reserved';
      this.#arrivals.push({ pushId: requestId, key, fate, process: process() });
      await this.#pause('MDES answers');
      if (process().state === 'CRASHED') throw new Crash();
      if (fate !== 'ANSWERED') throw failure(fate);
      return {
        handOffs: [],
        accounts: accounts.map(({ pushAccountId }) => ({
          pushAccountId,
          pushAccountReceipt: new Secret(`MCC-${requestId}`),
          issuerInitiatedDigitizationData: null,
        })),
      };
    };
    return {
      pushMultipleAccounts: answer,
      getEligibleTokenRequestors: () => Promise.resolve([]),
      getAsset: () => Promise.resolve(null),
      state: () => 'ready',
      close: () => Promise.resolve(),
    };
  }

  async #pause(label: string): Promise<void> {
    if (!this.#isOver) await this.#scheduler.schedule(Promise.resolve(), label);
  }

  #fault(what: string, pushId: string): void {
    this.#faults.push(`${what}: ${pushId}`);
  }
}

/** A process that has died does nothing more: whatever it still tries comes to nothing. */
class Crash extends Error {}

function keyText({ identity: { accountHolder, idempotencyKey } }: Attempt): string {
  return `${accountHolder} ${idempotencyKey}`;
}

function failure(fate: Exclude<MdesFate, 'ANSWERED'>): MdesError {
  const reason = (reasonCode: string) => ({ source: 'MDES', reasonCode, description: null }) as const;
  switch (fate) {
    case 'ANSWER_LOST':
    case 'TIMEOUT':
      return new MdesError('UNCLEAR', 'no answer');
    case 'REFUSED':
      return new MdesError('REFUSED', 'refused', reason('AUTHORIZATION_FAILED'));
    case 'BUSY':
      return new MdesError('REFUSED', 'busy', reason('INTERNAL_SERVICE_FAILURE'));
    case 'UNREACHABLE':
      return new MdesError('UNAVAILABLE', 'not reached');
    default:
      return fate satisfies never;
  }
}
