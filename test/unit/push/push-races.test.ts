/** Duplicates, crashes, timeouts and callbacks in any order: nothing is sent twice, nothing is lost, no end is a lie. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import type { PushLedger } from '../../../src/push/ledger/ledger.js';
import { PushKeys } from '../../../src/push/ledger/push-keys.js';
import type { CardStore } from '../../../src/vault/card-store.js';
import { type Action, type RaceDeps, type RacePlan, REQUESTOR, race } from '../../support/push/push-race.js';

const RUNS = 1000;

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('PUSH' as const),
      key: fc.constantFrom('key-1', 'key-1', 'key-2'),
      process: fc.nat(1),
      locale: fc.constantFrom(null, null, null, 'es_MX'),
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
const plan: fc.Arbitrary<RacePlan> = fc.record({
  actions: fc.array(action, { minLength: 3, maxLength: 12 }),
  ledgerFates: fc.array(fc.constantFrom('OK', 'OK', 'OK', 'OK', 'LOST', 'ANSWER_LOST'), { maxLength: 30 }),
  mdesFates: fc.array(
    fc.constantFrom('ANSWERED', 'ANSWERED', 'ANSWER_LOST', 'TIMEOUT', 'REFUSED', 'BUSY', 'UNREACHABLE'),
    { maxLength: 8 },
  ),
});

describe('pushes that race', () => {
  let deps: RaceDeps;
  let closeDeps: () => Promise<unknown>;
  beforeAll(async () => {
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
    const cache = createCache({ log, clock, connection: null }, { namespace: 'race' });
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
      close: () => Promise.resolve(),
    };
    const keys = new PushKeys(generateKeyPairSync('ed25519').privateKey);
    deps = { catalogue, issuerRanges, cardStore, keys, log };
    closeDeps = () => Promise.all([catalogue.close(), cache.close()]);
  });
  afterAll(() => closeDeps());

  const property = (plant?: RaceDeps['plant']) =>
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, drawn) => {
      expect(await race(scheduler, drawn, plant === undefined ? deps : { ...deps, plant })).toEqual([]);
    });

  it(`are honest in ${RUNS} random orders`, async () => {
    const result = await fc.check(property(), { numRuns: RUNS, endOnFailure: true });
    process.stdout.write(`push races: ${result.numRuns} orders, seed ${result.seed}\n`);
    expect(fc.defaultReportMessage(result)).toBeUndefined();
    expect(result.numRuns).toBe(RUNS);
  });

  type Plant = NonNullable<RaceDeps['plant']>;
  const planted = (
    change: (ledger: PushLedger, pause: () => Promise<void>) => Partial<PushLedger>,
  ): Plant => {
    return (ledger, pause) => ({
      find: (identity) => ledger.find(identity),
      reserve: (identity, push) => ledger.reserve(identity, push),
      change: (pushId, next) => ledger.change(pushId, next),
      release: (identity, push) => ledger.release(identity, push),
      get: (pushId) => ledger.get(pushId),
      list: (...page) => ledger.list(...page),
      close: () => ledger.close(),
      ...change(ledger, pause),
    });
  };
  const PLANTED: readonly (readonly [what: string, expected: RegExp, Plant])[] = [
    [
      'looks and reserves in two steps',
      /sent twice/,
      planted((ledger, pause) => ({
        reserve: async (identity, push) => {
          const taken = await ledger.find(identity);
          if (taken !== null) return taken;
          await pause();
          const late = await ledger.reserve(identity, push);
          return late === null ? null : ledger.reserve({ ...identity, idempotencyKey: push.id }, push);
        },
      })),
    ],
    [
      'does not write down that a push is about to be sent',
      /sent twice|(?:FAILED|GONE|UNKNOWN) where|an outcome that was taken is lost|not known/,
      planted((ledger) => ({
        change: async (pushId, change) => {
          const known = await ledger.get(pushId);
          const next = known === null ? null : change(known);
          return next?.phase.kind === 'SENT' ? next : ledger.change(pushId, change);
        },
      })),
    ],
    [
      'writes over what another has written meanwhile',
      /an outcome that was taken is lost|where|missing/,
      planted((ledger, pause) => ({
        change: async (pushId, change) => {
          const known = await ledger.get(pushId);
          await pause();
          const next = known === null ? null : change(known);
          return ledger.change(pushId, () => next);
        },
      })),
    ],
  ];
  it.each(PLANTED)('are found out over a ledger that %s', async (_what, expected, plant) => {
    const result = await fc.check(property(plant), { numRuns: RUNS, endOnFailure: true });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(expected);
  });
});

function fail(message: string): never {
  throw new Error(message);
}
