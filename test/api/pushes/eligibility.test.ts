/** Known before the tap, over HTTP: what eligibility said is what pushCard did. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCOUNT_HOLDER_DATA_ITEMS } from '../../../src/domain/token-requestor.js';
import type { PushOptions } from '../../../src/push/rules/rules.js';
import { DEMO_ACCOUNT_RANGES } from '../../../src/simulator/demo/demo-accounts.js';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type OwnCardStore, startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { startTableMdes, type TableMdes } from '../../support/mdes/table-mdes.js';
import { quarterOf, rowsOf } from '../../support/models.js';
import {
  DISABLED_RANGE,
  ENABLED_RANGE,
  optionTable,
  requestorTable,
  TABLE_ACCOUNTS,
} from '../../support/push/requestor-table.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const REFUSAL =
  '{ code message retryRule fundingAccountIds reasonCode accountHolderText accountHolderTextLanguage }';
const ELIGIBILITY = `query ($p: Platform, $d: Boolean, $h: [AccountHolderDataItem!]) {
  fundingAccounts {
    id
    eligibility(platform: $p, requestIssuerInitiatedDigitizationData: $d, accountHolderData: $h) {
      status maximumAccounts
      tokenRequestor { id }
      refusal ${REFUSAL}
    }
  }
}`;
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push { status accounts { refusal { code reasonCode } } }
    ... on PushRefusal ${REFUSAL}
  }
}`;
/** Fewer than in the model's test, which goes through all: what reaches every rule in every order. */
const TABLE = requestorTable([['NAME'], ACCOUNT_HOLDER_DATA_ITEMS]);
const REQUESTORS = rowsOf(TABLE);
/** Of an account that is judged in one way. */
const PUSHES = quarterOf(16);
const OPTIONS = optionTable([['NAME'], ['EMAIL_ADDRESS']]);
const ACCOUNTS = TABLE_ACCOUNTS.filter(({ id }) => id !== 'elsewhere' && id !== 'expired-without-email');
const PLAIN: PushOptions = {
  platform: null,
  requestIssuerInitiatedDigitizationData: false,
  accountHolderData: [],
};

interface Judged {
  readonly status: 'ELIGIBLE' | 'NOT_ELIGIBLE';
  readonly maximumAccounts: number;
  readonly tokenRequestor: { readonly id: string };
  readonly refusal: { readonly code: string } | null;
}

interface Forecast extends Judged {
  readonly accountId: string;
  readonly options: PushOptions;
}

async function forecasts(gateway: TestGateway, options: PushOptions, token?: string): Promise<Forecast[]> {
  const variables = {
    p: options.platform,
    d: options.requestIssuerInitiatedDigitizationData,
    h: options.accountHolderData,
  };
  const { data, errors } = await gateway.graphql(
    ELIGIBILITY,
    variables,
    token === undefined ? {} : { token },
  );
  expect(errors).toBeUndefined();
  return data.fundingAccounts.flatMap((account: { id: string; eligibility: Judged[] }) =>
    account.eligibility.map((judged) => ({ ...judged, accountId: account.id, options })),
  );
}

async function push(gateway: TestGateway, forecast: Forecast, token?: string) {
  const input = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: forecast.tokenRequestor.id,
    fundingAccountIds: [forecast.accountId],
    ...forecast.options,
  };
  const { data, errors } = await gateway.graphql(PUSH, { input }, token === undefined ? {} : { token });
  expect(errors).toBeUndefined();
  return data.pushCard;
}

/** Few at a time: on a busy machine many would wait for the card store for longer than the gateway does. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: 3 }, worker));
}

/** So many of each kind, spread over all that there are. */
function spread<T>(all: readonly T[], kindOf: (one: T) => string, count: number): T[] {
  const kinds = new Map<string, T[]>();
  for (const one of all) {
    const kind = kinds.get(kindOf(one));
    if (kind === undefined) kinds.set(kindOf(one), [one]);
    else kind.push(one);
  }
  return [...kinds.values()].flatMap((some) =>
    some.filter((_, index) => index % Math.ceil(some.length / count) === 0),
  );
}

describe('an MDES that takes everything', () => {
  let mdes: TableMdes;
  let store: OwnCardStore;
  let gateway: TestGateway;
  let all: Forecast[];
  beforeAll(async () => {
    mdes = await startTableMdes(REQUESTORS, [ENABLED_RANGE.padEnd(19, '0')]);
    store = await startOwnCardStore(ACCOUNTS);
    gateway = await startTestGateway({
      EXPLORER: 'off',
      ...mdes.environment,
      ...store.environment,
      MDES_ACCOUNT_RANGES: `${ENABLED_RANGE},${DISABLED_RANGE}`,
    });
    all = [];
    for (const options of OPTIONS) all.push(...(await forecasts(gateway, options)));
  });
  afterAll(async () => {
    await gateway.close();
    await store.close();
    await mdes.close();
  });

  it('is told about for every account and requestor, with every option', () => {
    expect(TABLE).toHaveLength(128);
    expect(all).toHaveLength(16 * ACCOUNTS.length * REQUESTORS.length);
    const wrong = all.filter(({ status, refusal }) => (status === 'ELIGIBLE') !== (refusal === null));
    expect(wrong.slice(0, 3)).toEqual([]);
    const kinds = new Set(all.map(({ refusal }) => refusal?.code ?? 'ELIGIBLE'));
    expect([...kinds].sort()).toEqual([
      'ACCOUNT_HOLDER_DATA_MISSING',
      'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
      'ACCOUNT_RANGE_NOT_ENABLED',
      'DIGITIZATION_DATA_NOT_SUPPORTED',
      'ELIGIBLE',
      'FUNDING_ACCOUNT_EXPIRED',
      'FUNDING_ACCOUNT_NOT_ACTIVE',
      'PLATFORM_NOT_SUPPORTED',
    ]);
  });

  it('gets what was called ELIGIBLE, and nothing else: the refusal is the one foretold, to the letter', async () => {
    const kind = ({ accountId, refusal }: Forecast) => `${accountId} ${refusal?.code ?? 'ELIGIBLE'}`;
    const some = spread(all, kind, PUSHES);
    expect(some.length).toBeGreaterThan(15 * PUSHES);
    const before = mdes.pushes();
    await forEach(some, async (forecast) => {
      const answer = await push(gateway, forecast);
      if (forecast.refusal === null) {
        expect(answer).toEqual({ __typename: 'Push', status: 'READY', accounts: [{ refusal: null }] });
      } else expect(answer).toEqual({ __typename: 'PushRefusal', ...forecast.refusal });
    });
    const eligible = some.filter(({ refusal }) => refusal === null).length;
    expect(eligible).toBeGreaterThan(2 * PUSHES);
    expect(mdes.pushes() - before).toBe(eligible);
  });

  it('takes as many accounts at once as maximumAccounts says, and is asked for no more', async () => {
    const two = ['active', 'bank-account'];
    const forTwo = all.filter(
      ({ accountId, refusal, options }) =>
        two.includes(accountId) && refusal === null && options.platform === 'IOS',
    );
    await forEach(
      spread(forTwo, ({ maximumAccounts }) => String(maximumAccounts), 12),
      async (forecast) => {
        const input = {
          idempotencyKey: randomUUID(),
          tokenRequestorId: forecast.tokenRequestor.id,
          fundingAccountIds: two,
          ...forecast.options,
        };
        const { data } = await gateway.graphql(PUSH, { input });
        expect(data.pushCard).toMatchObject(
          forecast.maximumAccounts === 5
            ? { __typename: 'Push', accounts: [{ refusal: null }, { refusal: null }] }
            : { __typename: 'PushRefusal', code: 'MULTIPLE_ACCOUNTS_NOT_SUPPORTED' },
        );
      },
    );
    expect(new Set(forTwo.map(({ maximumAccounts }) => maximumAccounts))).toEqual(new Set([1, 5]));
  });
});

describe('the demo bank', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway();
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  afterEach(() => simulator.reset());
  afterAll(() => gateway.close());

  it.each(['susan', 'amir'])(
    "of %s: no rule of ours refuses what is ELIGIBLE, only Mastercard's",
    async (name) => {
      const token = await gateway.token(name);
      const options = { ...PLAIN, platform: 'IOS', accountHolderData: ['EMAIL_ADDRESS'] } as const;
      const both = [
        ...(await forecasts(gateway, PLAIN, token)),
        ...(await forecasts(gateway, options, token)),
      ];
      // Those of the magic requestors that never answer well take their time and are MDES's to refuse.
      const usual = both.filter(({ tokenRequestor }) => !tokenRequestor.id.startsWith('501399999'));
      const some = spread(usual, ({ accountId, status }) => accountId + status, 5);
      expect(some.length).toBeGreaterThan(30);
      await forEach(some, async (forecast) => {
        const answer = await push(gateway, forecast, token);
        if (forecast.refusal !== null)
          expect(answer).toEqual({ __typename: 'PushRefusal', ...forecast.refusal });
        else if (answer.__typename === 'PushRefusal') expect(answer.reasonCode).not.toBeNull();
        else expect(['READY', 'FAILED']).toContain(answer.status);
      });
    },
  );

  it('is listed in the order of the picker, what is ELIGIBLE first, with the requestors of all its ranges', async () => {
    const query = `query ($r: [AccountRange!]) {
      tokenRequestors(accountRanges: $r) { id }
      fundingAccounts { eligibility { status tokenRequestor { id } } }
    }`;
    const r = DEMO_ACCOUNT_RANGES;
    for (const language of ['en', 'sv', 'ar']) {
      const { data } = await gateway.graphql(query, { r }, { headers: { 'accept-language': language } });
      for (const { eligibility } of data.fundingAccounts) {
        const ids = (some: readonly Judged[]) => some.map(({ tokenRequestor }) => tokenRequestor.id);
        const eligible = ids(eligibility.filter(({ status }: Judged) => status === 'ELIGIBLE'));
        const ordered: string[] = data.tokenRequestors.map(({ id }: { id: string }) => id);
        const isEligible = (id: string) => eligible.includes(id);
        expect(eligible.length).toBeGreaterThan(2);
        expect(ids(eligibility)).toEqual([
          ...ordered.filter(isEligible),
          ...ordered.filter((id) => !isEligible(id)),
        ]);
      }
    }
  });

  it('is a small answer for a picker, and for the wallet that was chosen has what would go along', async () => {
    const query = `query ($t: [ID!], $only: Boolean, $f: TokenRequestorFilter) {
      fundingAccounts(ids: ["card-1"]) {
        eligibility(tokenRequestorIds: $t, onlyEligible: $only, filter: $f) {
          status tokenRequestor { id supportedAccountHolderData } accountHolderDataPreview { name missing }
        }
      }
    }`;
    const asked = async (variables: Readonly<Record<string, unknown>>) => {
      const { data, errors } = await gateway.graphql(query, variables);
      expect(errors).toBeUndefined();
      return data.fundingAccounts[0].eligibility;
    };
    const all: Judged[] = await asked({});
    const eligible = all.filter(({ status }) => status === 'ELIGIBLE');
    expect(await asked({ only: true })).toEqual(eligible);
    expect(eligible.some(({ tokenRequestor }) => tokenRequestor.id.startsWith('501399999'))).toBe(false);
    expect(await asked({ t: [LARK, '50199999999', 'x'] })).toEqual([
      {
        status: 'ELIGIBLE',
        tokenRequestor: { id: LARK, supportedAccountHolderData: expect.arrayContaining(['NAME']) },
        accountHolderDataPreview: { name: 'S•••N A••••R', missing: [] },
      },
    ]);
    expect(await asked({ t: [LARK], f: { type: 'MERCHANT' } })).toEqual([]);
    expect(await asked({ t: [] })).toEqual([]);
    expect(await asked({ t: null, only: null })).toEqual(all);
    const many = await gateway.graphql(query, { t: Array(101).fill(LARK) });
    expect(codes(many)).toEqual(['BAD_USER_INPUT']);
  });

  it("speaks the account holder's language, as a refusal does", async () => {
    const options = { token: await gateway.token('amir'), headers: { 'accept-language': 'es' } };
    const { data } = await gateway.graphql(ELIGIBILITY, {}, options);
    const refusals = data.fundingAccounts.flatMap(({ eligibility }: { eligibility: Judged[] }) =>
      eligibility.flatMap(({ refusal }) => refusal ?? []),
    );
    expect(refusals.length).toBeGreaterThan(10);
    for (const { accountHolderTextLanguage, accountHolderText } of refusals) {
      expect([accountHolderTextLanguage, accountHolderText]).toEqual(['es', expect.stringMatching(/\.$/)]);
    }
  });

  it('is told without options, and null means absent', async () => {
    const bare = await gateway.graphql(
      ELIGIBILITY.replace(/\(platform[^)]*\)/, '').replace(/\(\$[^)]*\)/, ''),
    );
    const nulls = await gateway.graphql(ELIGIBILITY, { p: null, d: null, h: null });
    expect(bare.errors).toBeUndefined();
    expect(bare.data.fundingAccounts[0].eligibility.length).toBeGreaterThan(10);
    expect(nulls.data).toEqual(bare.data);
    expect((await gateway.graphql(ELIGIBILITY, { d: false, h: [] })).data).toEqual(bare.data);
  });

  it.each([{ p: 'FRIDGE' }, { d: 'yes' }, { h: ['SHOE_SIZE'] }, { h: [null] }])(
    'does not take options that are none: %j',
    async (variables) => {
      expect(codes(await gateway.graphql(ELIGIBILITY, variables))).toEqual(['BAD_USER_INPUT']);
    },
  );

  it('is not told to strangers', async () => {
    expect(codes(await gateway.graphql(ELIGIBILITY, {}, { token: null }))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('an MDES that is away', () => {
  it('takes eligibility along, and nothing else', async () => {
    const gateway = await startTestGateway();
    const simulator = new SimulatorControl(gateway.simulatorUrl);
    await simulator.fault('getEligibleTokenRequestors', '500', 10);
    const answer = await gateway.graphql('{ fundingAccounts { id eligibility { status } } }');
    expect(answer.data.fundingAccounts).toHaveLength(4);
    for (const { eligibility } of answer.data.fundingAccounts) expect(eligibility).toBeNull();
    expect(new Set(codes(answer))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    await gateway.close();
  });
});
