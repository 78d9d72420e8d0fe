/** pushCard from request to outcome: check, reserve the key, send once, record how it ended. */

import { GatewayError } from '../domain/gateway-error.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import { pushEnded, pushRefused } from '../observability/push-events.js';
import { type AnswerDeps, answeredPush, type PushEnd } from './answered-push.js';
import type { Caller } from './caller.js';
import { type CheckDeps, type CheckedPush, checkPush } from './check-push.js';
import type { LedgerEntry, PushIdentity, PushLedger } from './ledger/ledger.js';
import { RecordLater } from './ledger/record-later.js';
import type { Push } from './push.js';
import { type PushInput, requireForm } from './push-input.js';
import { pushStatus } from './push-status.js';
import type { Refusal } from './refusals/refusal.js';
import { identityOf, reservedPush } from './reserved-push.js';
import { sendPush } from './send-push.js';
import { asUnavailable } from './unavailable.js';

/** As many calls as MDES gets of us at once; more are turned away before anything is reserved. */
const MOST_UNDER_WAY = 50;

export type PushResult =
  | { readonly kind: 'PUSH'; readonly push: Push }
  | { readonly kind: 'REFUSAL'; readonly refusal: Refusal };

interface PushServiceDeps extends CheckDeps, AnswerDeps {
  readonly mdes: MdesClient;
  readonly ledger: PushLedger;
  /** Where a requestor sends the account holder back to when it comes by us. */
  readonly callbackRoute: (pushId: string) => string;
}

export class PushService {
  readonly #deps: PushServiceDeps;
  readonly #records: RecordLater;
  #underWay = 0;

  constructor(deps: PushServiceDeps) {
    this.#deps = deps;
    this.#records = new RecordLater(deps.ledger);
  }

  /** @throws GatewayError for the caller's fault, and when card store, MDES or ledger cannot answer */
  async push(caller: Caller, input: PushInput): Promise<PushResult> {
    requireForm(input);
    const identity = identityOf(caller.accountHolder, input, this.#deps.keys);
    const earlier = await this.#deps.ledger.find(identity);
    if (earlier !== null) return replay(earlier);
    this.#requireRoom();
    const checked = await checkPush(this.#deps, caller.accountHolder, input).catch((error: unknown) => {
      throw asUnavailable(error);
    });
    if ('refusal' in checked) {
      pushRefused(caller.log, caller.accountHolder, checked.refusal.code);
      return { kind: 'REFUSAL', refusal: checked.refusal };
    }
    this.#requireRoom();
    this.#underWay += 1;
    try {
      const push = reservedPush(identity, checked, this.#deps.clock.now());
      const faster = await this.#deps.ledger.reserve(identity, push);
      return faster === null ? await this.#send(caller, identity, push, checked) : replay(faster);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** @throws GatewayError */
  #requireRoom(): void {
    if (this.#underWay >= MOST_UNDER_WAY) throw tooMany();
  }

  /** Waits briefly for ends that the ledger has not taken yet. */
  close(): Promise<void> {
    return this.#records.close();
  }

  async #send(
    caller: Caller,
    identity: PushIdentity,
    push: Push,
    { input, callback, data }: CheckedPush,
  ): Promise<PushResult> {
    const { mdes, callbackRoute } = this.#deps;
    await this.#markSent(identity, push);
    const callbackUrl = push.callbackUrl === null ? (callback?.url ?? null) : callbackRoute(push.id);
    const result = await sendPush(mdes, push, { ...input, callbackUrl }, data);
    switch (result.kind) {
      case 'ANSWERED':
        return this.#conclude(caller, push, answeredPush(push, result, this.#deps));
      case 'UNCLEAR':
        return this.#conclude(caller, push, { phase: { kind: 'UNKNOWN' } }, result.cause);
      case 'REFUSED':
        // What may succeed with the same key must find the key free.
        if (result.refusal.retryable) await this.#records.release(identity, push);
        else await this.#record(push, { phase: { kind: 'REFUSED', refusal: result.refusal } });
        pushRefused(caller.log, caller.accountHolder, result.refusal.code, push.id, result.cause);
        return { kind: 'REFUSAL', refusal: result.refusal };
      case 'NOT_SENT':
        await this.#records.release(identity, push);
        throw notSent(result.cause);
      default:
        return result satisfies never;
    }
  }

  /** From here on the push counts as sent, whatever happens. @throws GatewayError, and then it must not be sent */
  async #markSent(identity: PushIdentity, push: Push): Promise<void> {
    const { ledger, clock } = this.#deps;
    const sent = { phase: { kind: 'SENT' }, phaseSince: clock.now() } as const;
    try {
      const marked = await ledger.change(push.id, (known) =>
        known.phase.kind === 'RESERVED' ? { ...known, ...sent } : null,
      );
      if (marked?.phase.kind === 'SENT') return;
    } catch (error) {
      // The ledger may have taken it all the same; but nothing has left.
      void this.#records.release(identity, push);
      throw error;
    }
    // We stood still for so long that somebody else has taken the key.
    throw new GatewayError(
      'LEDGER_UNAVAILABLE',
      'The push was held up for too long. Nothing was pushed by this request; try again with the same idempotencyKey.',
      { retryAfterSeconds: 1 },
    );
  }

  async #conclude(caller: Caller, push: Push, end: PushEnd, cause?: unknown): Promise<PushResult> {
    const concluded = await this.#record(push, end);
    pushEnded(caller.log, {
      accountHolder: caller.accountHolder,
      pushId: push.id,
      tokenRequestorId: push.tokenRequestorId,
      accounts: push.accounts.length,
      status: pushStatus(concluded, this.#deps.clock.now()),
      cause,
    });
    return { kind: 'PUSH', push: concluded };
  }

  /** The caller learns the end also when the ledger is away just now: it is told as soon as it is back. */
  async #record(push: Push, end: PushEnd): Promise<Push> {
    const change = (known: Push): Push => ({ ...known, ...end, phaseSince: this.#deps.clock.now() });
    return (await this.#records.change(push, change)) ?? change(push);
  }
}

function replay(entry: LedgerEntry): PushResult {
  if (entry.kind === 'OTHER_INPUT') {
    throw new GatewayError(
      'KEY_REUSED',
      'This idempotencyKey was used for another push. Take a new key for every new push.',
    );
  }
  const { push } = entry;
  return push.phase.kind === 'REFUSED'
    ? { kind: 'REFUSAL', refusal: push.phase.refusal }
    : { kind: 'PUSH', push };
}

function tooMany(): GatewayError {
  return new GatewayError(
    'UPSTREAM_UNAVAILABLE',
    'Too many pushes are under way just now. Nothing was pushed; try again with the same idempotencyKey.',
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
