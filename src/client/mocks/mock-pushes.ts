/** Pushes as the gateway would tell them: begun, handed off, come to an end; each names an account and a requestor of the world. */
import { byId, FUNDING_ACCOUNTS, type Row, TOKEN_REQUESTORS } from './world.js';

export interface MockPushInput {
  readonly idempotencyKey: string;
  readonly tokenRequestorId: string;
  readonly fundingAccountIds: readonly string[];
  readonly requestIssuerInitiatedDigitizationData?: boolean | null;
  readonly platform?: string | null;
}

interface State {
  readonly id: string;
  readonly input: MockPushInput;
  readonly createdAt: number;
  isHandedOff: boolean;
  readonly outcomes: Map<string, string>;
}

const RECEIPT_MS = 15 * 60_000;

export class MockPushes {
  readonly #states: State[] = [];

  /** A push, or the refusal that the gateway would give. The same key is the same push. */
  push(input: MockPushInput): Row {
    const known = this.#states.find((state) => state.input.idempotencyKey === input.idempotencyKey);
    if (known !== undefined) return shown(known);
    const requestor = byId(TOKEN_REQUESTORS, input.tokenRequestorId);
    const unknown = input.fundingAccountIds.filter((id) => byId(FUNDING_ACCOUNTS, id) === null);
    if (unknown.length > 0) return refusal('FUNDING_ACCOUNT_NOT_FOUND', unknown);
    if (requestor === null) return refusal('TOKEN_REQUESTOR_NOT_FOUND', []);
    if (input.fundingAccountIds.length > 1 && !requestor['supportsMultiplePushedCards']) {
      return refusal('MULTIPLE_ACCOUNTS_NOT_SUPPORTED', []);
    }
    if (
      input.requestIssuerInitiatedDigitizationData &&
      !requestor['supportsIssuerInitiatedDigitizationData']
    ) {
      return refusal('DIGITIZATION_DATA_NOT_SUPPORTED', []);
    }
    const id = `push-${this.#states.length + 1}`;
    const state = { id, input, createdAt: Date.now(), isHandedOff: false, outcomes: new Map() };
    this.#states.unshift(state);
    return shown(state);
  }

  find(id: string | undefined): Row | null {
    const state = this.#states.find((one) => one.id === id);
    return state === undefined ? null : shown(state);
  }

  /** Newest first, as the history shows them. */
  list(): readonly Row[] {
    return this.#states.map(shown);
  }

  handOff(id: string | undefined): Row | null {
    const state = this.#states.find((one) => one.id === id);
    if (state !== undefined) state.isHandedOff = true;
    return this.find(id);
  }

  /** Without `outcomes`: every account has arrived. */
  conclude(
    id: string | undefined,
    outcomes?: readonly { readonly fundingAccountId: string; readonly outcome: string }[],
  ): Row | null {
    const state = this.#states.find((one) => one.id === id);
    const all = state?.input.fundingAccountIds.map((fundingAccountId) => ({
      fundingAccountId,
      outcome: 'APPROVED',
    }));
    for (const { fundingAccountId, outcome } of outcomes ?? all ?? []) {
      state?.outcomes.set(fundingAccountId, outcome);
    }
    return this.find(id);
  }
}

function statusOf({ input, isHandedOff, outcomes }: State): string {
  const said = new Set(outcomes.values());
  if (outcomes.size === 0) return isHandedOff ? 'HANDED_OFF' : 'READY';
  if (said.size > 1 || outcomes.size < input.fundingAccountIds.length) return 'PARTIALLY_COMPLETED';
  const [outcome = ''] = said;
  if (outcome === 'REQUIRE_ADDITIONAL_AUTHENTICATION') return 'ACTION_REQUIRED';
  if (outcome === 'DECLINED' || outcome === 'CANCELLED') return outcome;
  return outcome === 'ERROR' || outcome === 'DELETED' ? 'FAILED' : 'COMPLETED';
}

function shown(state: State): Row {
  const { id, input, createdAt } = state;
  const status = statusOf(state);
  const isOpen = status === 'READY' || status === 'HANDED_OFF';
  const expiresAt = instant(createdAt + RECEIPT_MS);
  const accounts = input.fundingAccountIds.map((each) => accountOf(state, each, isOpen));
  const platform = input.platform ?? 'WEB';
  const url = `https://wallet.example/push?receipt=${id}`;
  const byData = input.requestIssuerInitiatedDigitizationData === true;
  return {
    __typename: 'Push',
    id,
    status,
    createdAt: instant(createdAt),
    expiresAt,
    tokenRequestorId: input.tokenRequestorId,
    tokenRequestor: byId(TOKEN_REQUESTORS, input.tokenRequestorId),
    accountHolderText: TEXTS[status] ?? '',
    accountHolderTextLanguage: 'en',
    accounts,
    handOffs: byData || !isOpen ? [] : [{ platform, url, recommended: true, fundingAccountId: null }],
    nextStep: nextStep(status, byData ? { accounts, expiresAt } : { url, platform, expiresAt }),
  };
}

function accountOf({ id, input, outcomes }: State, fundingAccountId: string, isOpen: boolean): Row {
  const account = byId(FUNDING_ACCOUNTS, fundingAccountId);
  const receipt = isOpen ? `receipt-${id}-${fundingAccountId}` : null;
  const outcome = outcomes.get(fundingAccountId) ?? null;
  return {
    id: `${id}:${fundingAccountId}`,
    fundingAccountId,
    fundingAccount: account,
    lastFour: account?.['lastFour'],
    pushAccountReceipt: receipt,
    issuerInitiatedDigitizationData:
      input.requestIssuerInitiatedDigitizationData && receipt ? btoa(receipt) : null,
    outcome,
    accountHolderText: null,
    accountHolderTextLanguage: null,
    outcomeCertainty: outcome === null ? null : 'REPORTED',
    refusal: null,
  };
}

function nextStep(status: string, handingOff: Row): Row {
  if (status === 'READY' && 'url' in handingOff) return { __typename: 'OpenUrlStep', ...handingOff };
  if (status === 'READY') return { __typename: 'DigitizationDataStep', sdk: null, links: [], ...handingOff };
  if (status === 'HANDED_OFF') return { __typename: 'WaitStep', askAgainAfter: 5 };
  return { __typename: 'DoneStep', followUp: status === 'ACTION_REQUIRED' ? 'ACTIVATE' : null };
}

function refusal(code: string, fundingAccountIds: readonly string[]): Row {
  return {
    __typename: 'PushRefusal',
    code,
    message: `A mock of ${code}.`,
    accountHolderText: 'That did not work. Please choose something else.',
    accountHolderTextLanguage: 'en',
    owner: 'CHANNEL',
    retryRule: 'AFTER_CHANGE',
    retryable: false,
    reasonCode: null,
    fundingAccountIds,
  };
}

const TEXTS: Readonly<Record<string, string>> = {
  READY: 'Your card is ready to be added.',
  HANDED_OFF: 'Finish in the wallet.',
  COMPLETED: 'Your card has been added.',
};

/** Without fractions of a second, as the gateway writes it. */
function instant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
