/** pushCard's rules from request to outcome: check everything, reserve the key, send once, record how it ended. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findRequestor } from '../catalogue/find-requestor.js';
import type { IssuerRanges } from '../catalogue/issuer-ranges.js';
import { asUnavailable } from '../catalogue/unavailable.js';
import type { AccountRange } from '../domain/account-range.js';
import { allowedCallbackUrl, type CallbackRule } from '../domain/callback-allowlist.js';
import type { Clock } from '../domain/clock.js';
import type { FundingAccount, FundingAccountData } from '../domain/funding-account.js';
import { GatewayError } from '../domain/gateway-error.js';
import { isTokenRequestorId, type TokenRequestor } from '../domain/token-requestor.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import type { Logger } from '../observability/logger.js';
import { pushEnded, pushRefused } from '../observability/push-events.js';
import { type CardStore, CardStoreError } from '../vault/card-store.js';
import type { LedgerEntry, PushIdentity, PushLedger } from './ledger.js';
import { type Push, type PushPhase, pushStatus } from './push.js';
import { mayBeCardNumber, type PushInput, requireForm } from './push-input.js';
import { type Refusal, refusal } from './refusal.js';
import { MAX_ACCOUNTS_PER_PUSH, refuseByAccount, refuseByCapability, refuseByData } from './rules.js';
import { sendPush } from './send-push.js';

const MINUTE_MS = 60_000;

export type PushOutcome =
  | { readonly kind: 'PUSH'; readonly push: Push }
  | { readonly kind: 'REFUSAL'; readonly refusal: Refusal };

export interface PushParts {
  readonly mdes: MdesClient;
  readonly cardStore: CardStore;
  readonly catalogue: Catalogue;
  readonly issuerRanges: IssuerRanges;
  readonly ledger: PushLedger;
  readonly callbackRules: readonly CallbackRule[];
  readonly clock: Clock;
}

/** Who asks, and where to log on their behalf. */
export interface PushCaller {
  readonly accountHolder: string;
  readonly log: Logger;
}

/** What has passed every check and may be sent. */
interface Checked {
  readonly input: PushInput;
  readonly accounts: readonly FundingAccount[];
  readonly data: ReadonlyMap<string, FundingAccountData>;
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
    const checked = await this.#check(caller, input).catch((error: unknown) => {
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

  async #check(caller: PushCaller, input: PushInput): Promise<Checked | { readonly refusal: Refusal }> {
    const { cardStore, callbackRules, clock } = this.#parts;
    const callbackUrl =
      input.callbackUrl === null ? null : allowedCallbackUrl(input.callbackUrl, callbackRules);
    if (callbackUrl === undefined) return { refusal: refusal('CALLBACK_URL_NOT_ALLOWED') };
    if (input.fundingAccountIds.length > MAX_ACCOUNTS_PER_PUSH)
      return { refusal: refusal('TOO_MANY_ACCOUNTS') };

    const owned = await cardStore.fundingAccounts(caller.accountHolder);
    const accounts = owned.filter(({ id }) => input.fundingAccountIds.includes(id));
    const unknown = input.fundingAccountIds.filter((id) => !accounts.some((account) => account.id === id));
    if (unknown.length > 0) {
      const named = unknown.filter((id) => !mayBeCardNumber(id));
      return { refusal: refusal('FUNDING_ACCOUNT_NOT_FOUND', named) };
    }
    const requestor = await this.#requestor(input.tokenRequestorId, accounts);
    if (requestor === null) return { refusal: refusal('TOKEN_REQUESTOR_NOT_FOUND') };
    const byRule = refuseByAccount(accounts, requestor) ?? refuseByCapability(input, requestor);
    if (byRule !== null) return { refusal: byRule };

    // The card numbers are asked for last, when nothing else can stop the push.
    const answer = await cardStore.fundingAccountData(
      caller.accountHolder,
      input.fundingAccountIds,
      input.accountHolderData,
    );
    const byData = refuseByData(input, answer, clock.now());
    if (byData !== null) return { refusal: byData };
    const inOrder = inOrderOf(input.fundingAccountIds, accounts);
    return { input: { ...input, callbackUrl }, accounts: inOrder, data: matching(inOrder, answer) };
  }

  /** Looked for under the accounts' own ranges first; under the issuer's others only to tell why it is not there. */
  async #requestor(id: string, accounts: readonly FundingAccount[]): Promise<TokenRequestor | null> {
    if (!isTokenRequestorId(id)) return null;
    const { catalogue, issuerRanges } = this.#parts;
    const ofAccounts = [...new Set(accounts.map(({ accountRange }) => accountRange))];
    const load = (ranges: readonly AccountRange[]) => catalogue.ranges(ranges);
    return (
      (await findRequestor(
        id,
        ofAccounts.filter((range) => issuerRanges.owns(range)),
        load,
      )) ?? (await findRequestor(id, issuerRanges.all, load))
    );
  }

  async #send(caller: PushCaller, push: Push, { input, data }: Checked): Promise<PushOutcome> {
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

  #newPush(accountHolder: string, { input, accounts }: Checked): Push {
    const createdAt = this.#parts.clock.now();
    return {
      id: randomUUID(),
      accountHolder,
      tokenRequestorId: input.tokenRequestorId,
      accounts: accounts.map(({ id, lastFour }) => ({ fundingAccountId: id, lastFour })),
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

function inOrderOf(ids: readonly string[], accounts: readonly FundingAccount[]): FundingAccount[] {
  return ids.flatMap((id) => accounts.filter((account) => account.id === id));
}

/** The data in the accounts' order; data of another kind than the account's is a breach of the card store's contract. */
function matching(
  accounts: readonly FundingAccount[],
  answer: ReadonlyMap<string, FundingAccountData>,
): Map<string, FundingAccountData> {
  const data = new Map<string, FundingAccountData>();
  for (const { id, kind } of accounts) {
    const account = answer.get(id);
    if (account?.account.kind !== kind)
      throw new CardStoreError('the data is of another kind than the account');
    data.set(id, account);
  }
  return data;
}
