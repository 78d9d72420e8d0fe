/** pushCard from request to outcome: reserve the key, check, send once, record how it ended. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StepUpSettings } from '../config/access-settings.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import { pushEnded, pushRefused } from '../observability/push-events.js';
import { NO_TELEMETRY, type Telemetry } from '../observability/telemetry.js';
import { HELD_KEY, PUSH_CLOSE_MS } from '../resilience/time-limits.js';
import { auditedPush } from './audited-push.js';
import type { Caller, PushCaller, PushGrant } from './caller.js';
import type { Attempt, PushLedger, Reservation } from './ledger/ledger.js';
import { RecordLater } from './ledger/record-later.js';
import type { NewPush, Push, PushEnd, PushedAccount, PushHandOff } from './push.js';
import { identityOf } from './push-identity.js';
import { type PushInput, requireForm } from './push-input.js';
import type { Allowance, PushLimits } from './push-limits.js';
import { PushSlots } from './push-slots.js';
import { pushStatus } from './push-status.js';
import { REFUSALS, type Refusal, refuse } from './refusals/refusal.js';
import { type CheckDeps, type CheckedPush, checkPush } from './rules/check-push.js';
import { requirePermission, requireStepUp, seenWith } from './rules/step-up.js';
import { sendPush } from './send-push.js';
import { StepTurns } from './step-turns.js';
import { asUnavailable } from './unavailable.js';

const MINUTE_MS = 60_000;

export type PushResult =
  | { readonly kind: 'PUSH'; readonly push: Push }
  | { readonly kind: 'REFUSAL'; readonly refusal: Refusal };

interface PushServiceOptions {
  /** Between two looks at a key that another request holds. */
  readonly beforeNextLook?: () => Promise<unknown>;
  /** When a step's turn has come. */
  readonly turns?: Pick<StepTurns, 'next'>;
}

interface PushServiceDeps extends CheckDeps {
  readonly mdes: MdesClient;
  readonly ledger: PushLedger;
  readonly limits: PushLimits;
  readonly telemetry?: Telemetry;
  /** null: any good token pushes. */
  readonly stepUp: StepUpSettings | null;
  /** Where a requestor sends the account holder back to when it comes by us. */
  readonly callbackRoute: (pushId: string) => string;
  /** The links by which digitization data goes over, where a profile describes some. */
  readonly proprietaryHandOffs: (
    tokenRequestorId: string,
    accounts: readonly PushedAccount[],
  ) => readonly PushHandOff[];
}

export class PushService {
  readonly #deps: PushServiceDeps;
  readonly #telemetry: Telemetry;
  readonly #beforeNextLook: () => Promise<unknown>;
  readonly #records: RecordLater;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #slots = new PushSlots();
  readonly #turns: Pick<StepTurns, 'next'>;

  constructor(
    deps: PushServiceDeps,
    { beforeNextLook = () => pause(HELD_KEY.lookMs), turns = new StepTurns() }: PushServiceOptions = {},
  ) {
    this.#deps = deps;
    this.#beforeNextLook = beforeNextLook;
    this.#turns = turns;
    this.#records = new RecordLater(deps.ledger);
    this.#telemetry = deps.telemetry ?? NO_TELEMETRY;
    this.#telemetry.watch({
      name: 'pushes_in_flight',
      help: 'Pushes that have passed every check and have not ended; 50 may be.',
      read: () => this.#slots.taken,
    });
    this.#telemetry.watch({
      name: 'push_ends_unrecorded',
      help: 'Ends and releases of pushes that the ledger has not taken yet.',
      read: () => this.#records.pending,
    });
  }

  /** @throws GatewayError for the caller's fault, and when card store, MDES or ledger cannot answer */
  async push(caller: PushCaller, input: PushInput): Promise<PushResult> {
    requireForm(input);
    return auditedPush(caller.audited, input, () => this.#push(caller, input), this.#telemetry);
  }

  /** A push of hers, as the token that asks for it may see it. */
  asSeenWith(grant: PushGrant, push: Push): Push {
    return seenWith(this.#deps.stepUp, grant, push, Date.now());
  }

  /** Waits for the pushes under way and their ends, then briefly for ends that the ledger has not taken yet. */
  async close(): Promise<void> {
    await Promise.race([Promise.all(this.#underWay), pause(PUSH_CLOSE_MS, undefined, { ref: false })]);
    await this.#records.close();
  }

  async #push(caller: PushCaller, input: PushInput): Promise<PushResult> {
    // Asked of a repeated push as well: its answer holds the receipts again.
    requireStepUp(this.#deps.stepUp, caller.grant, Date.now());
    requirePermission(caller.grant.pushes, input);
    await this.#turns.next('RESERVE');
    const attempt: Attempt = { id: randomUUID(), identity: identityOf(caller.accountHolder, input) };
    const found = await this.#reserve(attempt);
    // The operators hold such pushes: nothing stands under its key, which works when they let go.
    if (found.kind === 'STOPPED') return this.#refuse(caller, refuse('PUSHES_STOPPED'));
    if (found.kind !== 'OURS') {
      this.#telemetry.pushRepeated(found.kind === 'SAME_INPUT' ? 'same' : 'other');
      return replay(found);
    }
    const pushing = this.#checkAndSend(caller, attempt, input);
    // Whoever still listens: it is waited for at shutdown.
    const ended = pushing.catch(() => undefined).finally(() => this.#underWay.delete(ended));
    this.#underWay.add(ended);
    return pushing;
  }

  /** @throws GatewayError, and then nothing may be sent */
  async #reserve(attempt: Attempt): Promise<Exclude<Reservation, { kind: 'HELD' }>> {
    for (let looks = 0; looks < HELD_KEY.looks; looks++) {
      const found = await this.#deps.ledger.reserve(attempt).catch((error: unknown) => {
        // The ledger may have taken it all the same: nobody shall wait for it in vain.
        this.#records.releaseLost(attempt);
        throw error;
      });
      if (found.kind !== 'HELD') return found;
      await this.#beforeNextLook();
    }
    this.#records.releaseLost(attempt);
    throw heldByAnother();
  }

  async #checkAndSend(caller: PushCaller, attempt: Attempt, input: PushInput): Promise<PushResult> {
    await this.#turns.next('CHECK');
    const allowance = await this.#orRelease(attempt, () => {
      this.#slots.requireRoom(caller.accountHolder);
      return this.#deps.limits.take(caller, input);
    });
    const checked = await this.#orRelease(attempt, () => this.#checkAndEnter(caller, input), allowance);
    if ('refusal' in checked) {
      allowance.giveBack();
      const refused = this.#refuse(caller, checked.refusal);
      await this.#records.release(attempt);
      return refused;
    }
    try {
      const push = newPush(attempt.id, caller, checked);
      const sent = await this.#orRelease(attempt, () => this.#markSent(attempt, push), allowance);
      return await this.#send(caller, attempt, sent, checked, allowance);
    } finally {
      this.#slots.leave(caller.accountHolder);
    }
  }

  /** What has passed every check has a slot. @throws GatewayError */
  async #checkAndEnter({ accountHolder, calls }: PushCaller, input: PushInput): ReturnType<typeof checkPush> {
    const found = await checkPush(this.#deps, accountHolder, input, calls);
    if (!('refusal' in found)) this.#slots.enter(accountHolder);
    return found;
  }

  /** Whatever fails before anything is sent frees the key, and does not count. @throws GatewayError, or what shall be masked */
  async #orRelease<T>(attempt: Attempt, work: () => Promise<T>, allowance?: Allowance): Promise<T> {
    try {
      return await work();
    } catch (error) {
      allowance?.giveBack();
      const released = this.#records.release(attempt);
      // A caller who hears of the ledger's silence shall not wait for more of it.
      if (!(error instanceof GatewayError)) await released;
      throw asUnavailable(error);
    }
  }

  /** From here on the push counts as sent, whatever happens. @throws GatewayError, and then it must not be sent */
  async #markSent(attempt: Attempt, push: NewPush): Promise<Push> {
    await this.#turns.next('MARK');
    const sent = await this.#deps.ledger.markSent(attempt, push);
    if (sent !== null) return sent;
    // We stood still for so long that somebody else has taken the key.
    throw new GatewayError(
      'LEDGER_UNAVAILABLE',
      'The push was held up for too long. Nothing was pushed by this request; try again with the same idempotencyKey.',
      { retryAfterSeconds: 1 },
    );
  }

  async #send(
    caller: PushCaller,
    attempt: Attempt,
    sent: Push,
    checked: CheckedPush,
    allowance: Allowance,
  ): Promise<PushResult> {
    await this.#turns.next('SEND');
    const { mdes, callbackRoute, proprietaryHandOffs } = this.#deps;
    const comesByUs = sent.returnUrl !== null;
    const requestorCallbackUrl = comesByUs ? callbackRoute(sent.id) : (checked.callback?.url ?? null);
    if (caller.calls !== undefined) caller.calls.mdes += 1;
    const result = await sendPush(mdes, sent.id, checked, requestorCallbackUrl);
    await this.#turns.next('END');
    switch (result.kind) {
      case 'ANSWERED': {
        const { accounts } = result;
        const handOffs = [...result.handOffs, ...proprietaryHandOffs(sent.tokenRequestorId, accounts)];
        return this.#end(caller, attempt, sent, { phase: { kind: 'ANSWERED' }, accounts, handOffs });
      }
      case 'UNCLEAR': {
        const end: PushEnd = { phase: { kind: 'UNKNOWN' }, accounts: sent.accounts, handOffs: [] };
        return this.#end(caller, attempt, sent, end, result.cause);
      }
      case 'REFUSED': {
        const { refusal } = result;
        // What may succeed with the same key must find the key free.
        if (refusal.retryable) await this.#records.release(attempt);
        else {
          const phase = { kind: 'REFUSED', refusal } as const;
          await this.#records.conclude(attempt, sent, { phase, accounts: sent.accounts, handOffs: [] });
        }
        return this.#refuse(caller, refusal, sent.id, result.cause);
      }
      case 'NOT_SENT':
        allowance.giveBack();
        await this.#records.release(attempt);
        throw notSent(result.cause);
      default:
        return result satisfies never;
    }
  }

  /** The caller learns the end also when the ledger is away just now: it is told as soon as it is back. */
  async #end(
    caller: Caller,
    attempt: Attempt,
    sent: Push,
    end: PushEnd,
    cause?: unknown,
  ): Promise<PushResult> {
    const push = (await this.#records.conclude(attempt, sent, end)) ?? { ...sent, ...end };
    await this.#turns.next('TELL');
    pushEnded(caller.log, {
      accountHolder: caller.accountHolder,
      pushId: push.id,
      tokenRequestorId: push.tokenRequestorId,
      accounts: push.accounts.length,
      status: pushStatus(push),
      forOperators: push.accounts.flatMap(({ result }) =>
        result?.kind === 'REFUSED' && result.refusal.code === 'REFUSED_BY_MDES'
          ? (result.refusal.reasonCode ?? [])
          : [],
      ),
      cause,
    });
    this.#telemetry.pushEnded(pushStatus(push));
    return { kind: 'PUSH', push };
  }

  /** Nothing was pushed. */
  #refuse({ log, accountHolder }: Caller, refusal: Refusal, pushId?: string, cause?: unknown): PushResult {
    pushRefused(log, accountHolder, refusal.code, pushId, cause);
    this.#telemetry.pushRefused(refusal.code, REFUSALS[refusal.code].owner);
    return { kind: 'REFUSAL', refusal };
  }
}

function newPush(
  id: string,
  { grant, client }: PushCaller,
  { input, callback, accounts }: CheckedPush,
): NewPush {
  return {
    id,
    tokenRequestorId: input.tokenRequestorId,
    accounts: accounts.map((account) => ({
      fundingAccountId: account.id,
      lastFour: account.lastFour,
      result: null,
      outcome: null,
    })),
    platform: input.platform,
    returnUrl: callback === null || callback.direct ? null : callback.url,
    evidence: { acr: grant.acr, authTime: grant.authTime, client },
    validityMs: input.pushAccountReceiptsValidityPeriod * MINUTE_MS,
  };
}

function replay(found: Extract<Reservation, { kind: 'SAME_INPUT' | 'OTHER_INPUT' }>): PushResult {
  if (found.kind === 'OTHER_INPUT') {
    throw new GatewayError(
      'KEY_REUSED',
      'This idempotencyKey was used for another push. Take a new key for every new push.',
    );
  }
  const { push } = found;
  return push.phase.kind === 'REFUSED'
    ? { kind: 'REFUSAL', refusal: push.phase.refusal }
    : { kind: 'PUSH', push };
}

function heldByAnother(): GatewayError {
  return new GatewayError(
    'LEDGER_UNAVAILABLE',
    'Another request with this idempotencyKey is being checked. Nothing was pushed by this one; try again with the same idempotencyKey.',
    { retryAfterSeconds: 1 },
  );
}

function notSent(cause: unknown): unknown {
  const error = asUnavailable(cause);
  if (!(error instanceof GatewayError)) return error;
  const message =
    'Mastercard cannot be reached just now. Nothing was pushed; try again with the same idempotencyKey.';
  return new GatewayError(error.code, message, { cause, retryAfterSeconds: error.retryAfterSeconds });
}
