/** What races are drawn from, and the world that they share: one card, one wallet, a catalogue that knows both. */
import fc from 'fast-check';
import { createCache } from '../../../src/catalogue/cache/create-cache.js';
import { Catalogue } from '../../../src/catalogue/catalogue.js';
import { IssuerRanges } from '../../../src/catalogue/issuer-ranges.js';
import { parseAccountRange } from '../../../src/domain/account-range.js';
import { systemClock } from '../../../src/domain/clock.js';
import type { FundingAccount, FundingAccountData } from '../../../src/domain/funding-account.js';
import { Secret } from '../../../src/domain/secret.js';
import type { TokenRequestor } from '../../../src/domain/token-requestor.js';
import { createLogger } from '../../../src/observability/logger.js';
import { CallbackStates } from '../../../src/push/ledger/callback-states.js';
import type { PushLimits } from '../../../src/push/push-limits.js';
import type { CardStore } from '../../../src/vault/card-store.js';
import { makeLedgerKeys } from '../ledger/ledgers.js';
import { type Action, type RaceDeps, type RacePlan, REQUESTOR } from './push-race.js';

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('PUSH' as const),
      key: fc.constantFrom('key-1', 'key-1', 'key-2'),
      process: fc.nat(1),
      locale: fc.constantFrom(null, null, null, 'es_MX'),
      leaves: fc.constantFrom(false, false, true),
      results: fc.subarray(['APPROVED' as const, 'DECLINED' as const]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('CRASH' as const, 'CRASH' as const, 'SHUT_DOWN' as const),
      process: fc.nat(1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('TIME_PASSES' as const), ms: fc.constantFrom(1000, 16_000) }),
  },
);
export const racePlan: fc.Arbitrary<RacePlan> = fc.record({
  actions: fc.array(action, { minLength: 3, maxLength: 12 }),
  ledgerFates: fc.array(
    fc.constantFrom('OK', 'OK', 'OK', 'OK', 'OK', 'LOST', 'ANSWER_LOST', 'LATE', 'TWICE'),
    { maxLength: 30 },
  ),
  mdesFates: fc.array(
    fc.constantFrom('ANSWERED', 'ANSWERED', 'ANSWER_LOST', 'TIMEOUT', 'REFUSED', 'BUSY', 'UNREACHABLE'),
    { maxLength: 8 },
  ),
});

export interface RaceWorld {
  readonly deps: Omit<RaceDeps, 'openStore'>;
  close(): Promise<unknown>;
}

export async function raceWorld(): Promise<RaceWorld> {
  const log = createLogger('silent');
  const clock = systemClock;
  const range = parseAccountRange('520474000') ?? fail('no account range');
  const issuerRanges = new IssuerRanges([range]);
  const requestor: TokenRequestor = {
    id: REQUESTOR,
    name: 'Lark Wallet Limited',
    consumerFacingEntityName: 'Lark Wallet',
    type: 'WALLET',
    walletId: null,
    imageAssetId: null,
    enabledAccountRanges: [range],
    supportedPushMethods: ['WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: [],
    supportsCardHolderAuthentication: false,
    supportsIssuerInitiatedDigitizationData: true,
  };
  const cache = await createCache(
    { log, clock, connection: null },
    { namespace: 'race', inProcessLayer: true },
  );
  const catalogue = new Catalogue(
    {
      mdes: {
        getEligibleTokenRequestors: () => Promise.resolve([requestor]),
        getAsset: () => Promise.resolve(null),
        pushMultipleAccounts: () => fail('the catalogue pushes'),
        state: () => 'ready',
        close: () => Promise.resolve(),
      },
      cache,
      clock,
      issuerRanges,
      log,
    },
    { ages: { soft: 3_600_000, hard: 7_200_000 }, warm: false },
  );
  const account: FundingAccount = {
    id: 'card-1',
    kind: 'CARD',
    label: 'Card',
    lastFour: '0012',
    status: 'ACTIVE',
    artUrl: null,
    accountRange: range,
  };
  const data: FundingAccountData = {
    account: { kind: 'CARD', card: { accountNumber: new Secret('5204740000000012'), expiry: null } },
    holder: new Secret({}),
  };
  const cardStore: CardStore = {
    fundingAccounts: () => Promise.resolve([account]),
    fundingAccountData: () => Promise.resolve(new Map([[account.id, data]])),
    judgedAccountData: () => Promise.resolve(new Map()),
    close: () => Promise.resolve(),
  };
  const states = new CallbackStates(makeLedgerKeys());
  const limits: PushLimits = { take: async () => ({ giveBack: () => undefined }) };
  return {
    deps: { catalogue, issuerRanges, cardStore, limits, states, log },
    close: () => Promise.all([catalogue.close(), cache.close()]),
  };
}

function fail(message: string): never {
  throw new Error(message);
}
