/** pushCard from request to outcome: check, reserve the key, send once, record how it ended. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { asUnavailable } from '../catalogue/unavailable.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import type { Logger } from '../observability/logger.js';
import { pushEnded, pushRefused } from '../observability/push-events.js';
import { type CheckedPush, type CheckParts, checkPush } from './check-push.js';
import type { LedgerEntry, PushIdentity, PushLedger } from './ledger.js';
import { type Push, type PushPhase, pushStatus } from './push.js';
import { type PushInput, requireForm } from './push-input.js';
import type { Refusal } from './refusal.js';
import { sendPush } from './send-push.js';

const MINUTE_MS = 60_000;

export type PushOutcome =
  | { readonly kind: 'PUSH'; readonly push: Push }
  | { readonly kind: 'REFUSAL'; readonly refusal: Refusal };

export interface PushParts extends CheckParts {
  readonly mdes: MdesClient;
  readonly ledger: PushLedger;
}

/** Who asks, and where to log on their behalf. */
export interface PushCaller {
  readonly accountHolder: string;
  readonly log: Logger;
}

export class PushService {
  readonly #parts: PushParts;
  /** The input's hash is keyed, so that it tells nothing to who reads the ledger. */
  readonly #fingerprintKey = randomBytes(32);

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  /** @throws GatewayError for the caller's fault, and when card store, MDES or ledger cannot answer */
  async push(caller: PushCaller, input: PushInput): Promise<PushOutcome> {
    requireForm(input);
    const identity = this.#identity(caller.accountHolder, input);
    const earlier = await this.#parts.ledger.find(identity);
    if (earlier !== null) return replay(earlier);
    const checked = await checkPush(this.#parts, caller.accountHolder, input).catch((error: unknown) => {
      throw asUnavailable(error);
    });
    if ('refusal' in checked) {
      pushRefused(caller.log, caller.accountHolder, checked.refusal.code);
      return { kind: 'REFUSAL', refusal: checked.refusal };
    }
    const push = this.#newPush(caller.accountHolder, checked);
    const faster = await this.#parts.ledger.reserve(identity, push);
    return faster === null ? this.#send(caller, push, checked) : replay(faster);
  }

  /** A push of this account holder, as it stands now. */
  get(accountHolder: string, pushId: string): Promise<Push | null> {
    return this.#parts.ledger.get(accountHolder, pushId);
  }

  async #send(caller: PushCaller, push: Push, { input, data }: CheckedPush): Promise<PushOutcome> {
    const { mdes, ledger } = this.#parts;
    const result = await sendPush(mdes, push, input, data);
    switch (result.kind) {
      case 'ANSWERED':
        return this.#conclude(caller, push, { ...result, kind: 'ANSWERED' });
      case 'UNCLEAR':
        return this.#conclude(caller, push, { kind: 'UNKNOWN' }, result.cause);
      case 'REFUSED':
        // What may succeed with the same key must find the key free.
        if (result.refusal.retryable) await ledger.release(push);
        else await ledger.conclude(push, { kind: 'REFUSED', refusal: result.refusal });
        pushRefused(caller.log, caller.accountHolder, result.refusal.code, push.id, result.cause);
        return { kind: 'REFUSAL', refusal: result.refusal };
      case 'NOT_SENT':
        await ledger.release(push);
        throw notSent(result.cause);
      default:
        return result satisfies never;
    }
  }

  async #conclude(caller: PushCaller, push: Push, phase: PushPhase, cause?: unknown): Promise<PushOutcome> {
    const concluded = await this.#parts.ledger.conclude(push, phase);
    pushEnded(caller.log, {
      accountHolder: caller.accountHolder,
      pushId: push.id,
      tokenRequestorId: push.tokenRequestorId,
      accounts: push.accounts.length,
      status: pushStatus(concluded),
      cause,
    });
    return { kind: 'PUSH', push: concluded };
  }

  #newPush(accountHolder: string, { input, accounts }: CheckedPush): Push {
    const createdAt = this.#parts.clock.now();
    return {
      id: randomUUID(),
      accountHolder,
      tokenRequestorId: input.tokenRequestorId,
      accounts: accounts.map(({ id, lastFour }) => ({ fundingAccountId: id, lastFour })),
      accountRanges: [...new Set(accounts.map(({ accountRange }) => accountRange))],
      createdAt,
      expiresAt: createdAt + input.pushAccountReceiptsValidityPeriod * MINUTE_MS,
      phase: { kind: 'SENT' },
    };
  }

  #identity(accountHolder: string, { idempotencyKey, ...rest }: PushInput): PushIdentity {
    const sorted = { ...rest, accountHolderData: [...rest.accountHolderData].sort() };
    const entries = Object.entries(sorted).sort(([a], [b]) => (a < b ? -1 : 1));
    const fingerprint = createHmac('sha256', this.#fingerprintKey)
      .update(JSON.stringify(entries))
      .digest('hex');
    return { accountHolder, idempotencyKey, fingerprint };
  }
}

function replay(entry: LedgerEntry): PushOutcome {
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

function notSent(cause: unknown): unknown {
  const error = asUnavailable(cause);
  if (!(error instanceof GatewayError)) return error;
  const message =
    'Mastercard cannot be reached just now. Nothing was pushed; try again with the same idempotencyKey.';
  return new GatewayError(error.code, message, { cause, retryAfterSeconds: error.retryAfterSeconds });
}
