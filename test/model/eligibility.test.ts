/** Known before the tap: every combination of requestor, options and account, and pushCard's own checks beside it. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FundingAccount } from '../../src/domain/funding-account.js';
import { Secret } from '../../src/domain/secret.js';
import { PLATFORMS } from '../../src/domain/token-requestor.js';
import { MdesError } from '../../src/mdes/mdes-error.js';
import { judgeEligibility } from '../../src/push/rules/eligibility.js';
import type { PushOptions } from '../../src/push/rules/rules.js';
import { CardStoreError } from '../../src/vault/card-store.js';
import { type OwnAccount } from '../support/issuer/own-card-store.js';
import { range } from '../support/mdes/mdes-fixtures.js';
import { rowsOf, runs } from '../support/models.js';
import {
  ALL_ITEM_SETS,
  type Flags,
  optionTable,
  requestorTable,
  SOME_ITEM_SETS,
  TABLE_ACCOUNTS,
} from '../support/push/requestor-table.js';
import {
  ALL_ITEMS,
  DISABLED,
  ENABLED,
  expected,
  NOW,
  PLAIN,
  type Said,
  type Scene,
  scene,
} from './eligibility-scene.js';

const RUNS = runs(300);

describe('eligibility', () => {
  it('is what the rules say, for each of a thousand requestors, all options and accounts', async () => {
    const table = requestorTable(ALL_ITEM_SETS);
    const options = optionTable(ALL_ITEM_SETS);
    expect([table.length, options.length]).toEqual([1024, 128]);
    const requestors = rowsOf(table);
    const { accounts, cardStore } = await scene(new Map());
    const wrong: unknown[] = [];
    const seen = new Map<string, number>();
    for (const account of await accounts()) {
      const enabledAccountRanges = account.accountRange === ENABLED ? [ENABLED] : [];
      const tokenRequestors = requestors.map((flags) => ({ ...flags, enabledAccountRanges }));
      for (const option of options) {
        const data = await cardStore.fundingAccountData('susan', [account.id], option.accountHolderData);
        const judged = await judgeEligibility(account, option, {
          tokenRequestors: async () => tokenRequestors,
          accountData: async () => data.get(account.id) ?? null,
          now: () => NOW,
        });
        for (const { tokenRequestor, refusal, maximumAccounts } of judged) {
          const code = expected(account.id, tokenRequestor, option);
          const several =
            tokenRequestor.supportsMultiplePushedCards && !tokenRequestor.supportsCardHolderAuthentication;
          seen.set(String(code), (seen.get(String(code)) ?? 0) + 1);
          if ((refusal?.code ?? null) !== code || maximumAccounts !== (several ? 5 : 1)) {
            wrong.push([account.id, option, tokenRequestor, refusal, maximumAccounts]);
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect([...seen.values()].reduce((sum, count) => sum + count)).toBe(
      requestors.length * 128 * TABLE_ACCOUNTS.length,
    );
    expect([...seen.keys()].sort()).toEqual([
      'ACCOUNT_HOLDER_DATA_MISSING',
      'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
      'ACCOUNT_RANGE_NOT_ENABLED',
      'DIGITIZATION_DATA_NOT_SUPPORTED',
      'FUNDING_ACCOUNT_EXPIRED',
      'FUNDING_ACCOUNT_NOT_ACTIVE',
      'PLATFORM_NOT_SUPPORTED',
      'null',
    ]);
  });

  it('says what the checks of a push then say, word for word', async () => {
    let compared = 0;
    const wrong: unknown[] = [];
    // A push looks through the whole catalogue for its requestor: in small ones the table is gone through faster.
    const table = requestorTable(SOME_ITEM_SETS);
    expect(table).toHaveLength(256);
    const requestors = rowsOf(table);
    for (let from = 0; from < requestors.length; from += 4) {
      const some = requestors.slice(from, from + 4);
      const { accounts, eligibility, check } = await scene(new Map([[ENABLED, some]]));
      for (const account of await accounts()) {
        for (const option of optionTable(SOME_ITEM_SETS)) {
          for (const { tokenRequestor, refusal } of await eligibility(account, option)) {
            const checked = await check(tokenRequestor.id, [account], option);
            const said = 'refusal' in checked ? checked.refusal : null;
            compared++;
            if (JSON.stringify(said) !== JSON.stringify(refusal)) {
              wrong.push([account.id, option, tokenRequestor, refusal, said]);
            }
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(compared).toBe(requestors.length * 32 * TABLE_ACCOUNTS.length);
  });
});

describe('where the ranges of one issuer say different things of a requestor', () => {
  const ranges = ['520474000', '541333900', '222300000'].map(range);
  const accounts: OwnAccount[] = ranges.flatMap((one, index) =>
    [0, 1].map((n) => ({
      id: `card-${index}-${n}`,
      accountHolder: 'susan',
      range: one,
      accountNumber: `${one.slice(0, 9)}000000${n}`,
    })),
  );
  const [only] = requestorTable([[]]) as [Flags];
  const flags = fc.record({
    supportedPushMethods: fc.subarray([...PLATFORMS]),
    supportsIssuerInitiatedDigitizationData: fc.boolean(),
    // Mostly so that several go together: else hardly a run would try it.
    supportsMultiplePushedCards: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    supportsCardHolderAuthentication: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    supportedAccountHolderData: fc.subarray([...ALL_ITEMS]),
  });
  /** What MDES says of the one requestor under each range (null: not enabled), and in which order it was asked. */
  const sayings = fc.tuple(
    fc.tuple(...ranges.map(() => fc.option(flags))),
    fc.shuffledSubarray([...ranges], { minLength: ranges.length }),
  );
  const options = fc.record({
    platform: fc.option(fc.constantFrom(...PLATFORMS)),
    requestIssuerInitiatedDigitizationData: fc.boolean(),
    accountHolderData: fc.constant<PushOptions['accountHolderData']>([]),
  });

  async function asked([said, order]: typeof sayings extends fc.Arbitrary<infer T> ? T : never) {
    const it = await scene(
      new Map(ranges.map((one, index) => [one, said[index] ? [{ ...only, ...said[index] }] : []])),
      accounts,
      ranges,
    );
    for (const one of order) {
      await it.catalogue.entriesFor([one]);
      it.wait(1000);
    }
    return it;
  }

  it('it tells each account what a push of it will find', async () => {
    await fc.assert(
      fc.asyncProperty(sayings, options, async (saying, option) => {
        const { accounts: list, eligibility, check } = await asked(saying);
        for (const account of await list()) {
          const [judged] = await eligibility(account, option);
          const checked = await check(only.id, [account], option);
          const code = 'refusal' in checked ? checked.refusal.code : null;
          expect(judged === undefined ? 'TOKEN_REQUESTOR_NOT_FOUND' : (judged.refusal?.code ?? null)).toBe(
            code,
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('accounts that are ELIGIBLE go together, as many as each of them says', async () => {
    let together = 0;
    await fc.assert(
      fc.asyncProperty(sayings, options, fc.nat(), async (saying, option, pick) => {
        const { accounts: list, eligibility, check } = await asked(saying);
        const eligible: FundingAccount[] = [];
        let most = 5;
        for (const account of (await list()).filter((_, index) => (pick >> index) % 2 === 0)) {
          const [judged] = await eligibility(account, option);
          if (judged?.refusal !== null) continue;
          eligible.push(account);
          most = Math.min(most, judged.maximumAccounts);
        }
        const some = eligible.slice(0, most);
        if (some.length === 0) return;
        if (some.length > 1) together++;
        expect(await check(only.id, some, option)).not.toHaveProperty('refusal');
      }),
      { numRuns: RUNS },
    );
    expect(together).toBeGreaterThan(RUNS / 30);
  });
});

describe('what cannot be told', () => {
  const requestors = requestorTable([[]]).slice(-3);
  let said: Said;
  let stage: Scene;
  beforeEach(async () => {
    said = new Map([[ENABLED, requestors]]);
    stage = await scene(said);
  });
  const account = async (id: string): Promise<FundingAccount> => {
    const found = (await stage.accounts()).find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };

  it('of another range leaves out what is only there, and takes nothing else along', async () => {
    said.set(DISABLED, null);
    // Each on its own: a call for both would fail as a whole.
    await stage.catalogue.entriesFor([ENABLED]);
    const judged = await stage.eligibility(await account('active'), PLAIN);
    expect(judged.map(({ refusal }) => refusal)).toEqual([null, null, null]);
  });

  it("of the account's own range is an error, as it is for a push", async () => {
    said.set(DISABLED, null);
    await stage.catalogue.entriesFor([ENABLED]);
    const elsewhere = await account('not-enabled');
    await expect(stage.eligibility(elsewhere, PLAIN)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(stage.check(requestors[0]?.id ?? '', [elsewhere], PLAIN)).rejects.toThrow(MdesError);
  });

  it('by the card store is an error where its data decides', async () => {
    stage.cardStore.trouble = new CardStoreError('away');
    await expect(stage.eligibility(await account('active'), PLAIN)).rejects.toMatchObject({
      code: 'CARD_STORE_UNAVAILABLE',
    });
  });

  it.each([
    ['suspended', PLAIN],
    ['not-enabled', PLAIN],
    ['active', { ...PLAIN, accountHolderData: ['NAME'] as const }],
  ])('by the card store does not matter where a rule says no before: %s', async (id, options) => {
    stage.cardStore.trouble = new CardStoreError('away');
    const judged = await stage.eligibility(await account(id), options);
    expect(judged).toHaveLength(3);
    expect(judged.every(({ refusal }) => refusal !== null)).toBe(true);
  });

  it('is never asked of the card store for an account that is not ACTIVE', async () => {
    for (const one of await stage.accounts()) await stage.eligibility(one, PLAIN);
    expect(stage.cardStore.asked).not.toContain('suspended');
    expect(stage.cardStore.asked).not.toContain('closed');
    expect(stage.cardStore.asked).toContain('active');
  });
});

it.each([
  [null, 'FUNDING_ACCOUNT_NOT_FOUND'],
  [
    {
      account: { kind: 'CARD', card: { expiry: new Secret({ month: '11', year: '26' }) } },
      holder: new Secret({}),
    } as const,
    null,
  ],
  [
    {
      account: { kind: 'CARD', card: { expiry: new Secret({ month: '10', year: '26' }) } },
      holder: new Secret({}),
    } as const,
    'FUNDING_ACCOUNT_EXPIRED',
  ],
  [{ account: { kind: 'CARD', card: { expiry: null } }, holder: new Secret({}) } as const, null],
])('what the card store says of the account counts at the last: case %#', async (data, code) => {
  const [first] = await (await scene(new Map())).accounts();
  const [flags] = requestorTable([[]]).slice(-1);
  if (first === undefined || flags === undefined) throw new Error('an empty table');
  const sources = {
    tokenRequestors: async () => [{ ...flags, enabledAccountRanges: [ENABLED] }],
    accountData: async () => data,
    now: () => NOW,
  };
  const [judged] = await judgeEligibility(first, PLAIN, sources);
  expect(judged?.refusal?.code ?? null).toBe(code);
});

it('data of another kind than the account is a fault of the card store, and nothing is called ELIGIBLE', async () => {
  const [first] = await (await scene(new Map())).accounts();
  const [flags] = requestorTable([[]]).slice(-1);
  if (first === undefined || flags === undefined) throw new Error('an empty table');
  const sources = {
    tokenRequestors: async () => [{ ...flags, enabledAccountRanges: [ENABLED] }],
    accountData: async () => ({ account: { kind: 'FINANCIAL_ACCOUNT' }, holder: new Secret({}) }) as const,
    now: () => NOW,
  };
  await expect(judgeEligibility(first, PLAIN, sources)).rejects.toMatchObject({
    code: 'CARD_STORE_UNAVAILABLE',
  });
});
