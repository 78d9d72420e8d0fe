/** What becomes of a push: handed off, partly refused, refused, unclear, repeated, expired. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK, type JWK } from 'jose';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { answerJson, CARD_DATA, startCardStoreStub } from '../../support/issuer/card-store-stub.js';
import {
  ALWAYS_LOCKED,
  CACTUS,
  FJORD,
  LARK,
  NEVER_SAYS_SO,
  TAKES_NOBODY,
  TAKES_THE_FIRST,
  TIDAL,
} from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const MINUTE = 60_000;

const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push {
      id status createdAt expiresAt tokenRequestor { id }
      accounts {
        fundingAccountId lastFour pushAccountReceipt issuerInitiatedDigitizationData outcome
        refusal { code message retryable reasonCode fundingAccountIds }
      }
      handOffs { platform url }
    }
    ... on PushRefusal { code message retryable reasonCode fundingAccountIds }
  }
}`;

let gateway: TestGateway;
let simulator: SimulatorControl;
let now = Date.now();
beforeAll(async () => {
  gateway = await startTestGateway({}, { clock: { now: () => now } });
  simulator = new SimulatorControl(gateway.simulatorUrl);
});
beforeEach(async () => {
  now = Date.now();
  await simulator.reset();
});
afterAll(() => gateway.close());

async function push(input: Readonly<Record<string, unknown>>, accountHolder = 'susan') {
  const defaults = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
  };
  const token = await gateway.token(accountHolder);
  return gateway.graphql(PUSH, { input: { ...defaults, ...input } }, { token });
}

const sends = async () => (await simulator.calls()).pushMultipleAccounts;

describe('a push', () => {
  it('hands off by a signed URL per platform where the requestor verifies signatures', async () => {
    const callbackUrl = 'http://127.0.0.1:3000/back?session=1';
    const fundingAccountIds = ['card-2', 'card-1'];
    const { data } = await push({
      fundingAccountIds,
      callbackUrl,
      locale: 'es_MX',
      accountHolderData: ['NAME'],
    });
    expect(data.pushCard).toMatchObject({
      status: 'READY',
      accounts: [{ lastFour: '0028' }, { lastFour: '0012' }],
    });
    expect(data.pushCard.handOffs.map(({ platform }: { platform: string }) => platform)).toEqual([
      'ANDROID',
      'IOS',
      'WEB',
    ]);
    const key = await importJWK(
      (await (await fetch(`${gateway.simulatorUrl}/simulator/jws-key`)).json()) as JWK,
      'RS256',
    );
    for (const { url } of data.pushCard.handOffs) {
      const jws = new URL(url).searchParams.get('pushAccountData') ?? '';
      const { payload } = await compactVerify(jws, key);
      expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
        pushAccountReceipts: data.pushCard.accounts.map(
          (one: { pushAccountReceipt: string }) => one.pushAccountReceipt,
        ),
        callbackURL: expect.stringMatching(
          new RegExp(`^${gateway.url}/callback/${data.pushCard.id}/([\\w-]{22})\\?state=\\1$`),
        ),
        accountHolderDataSupplied: true,
        locale: 'es_MX',
      });
    }
  });

  it('hands off by query parameters elsewhere, whatever the URL holds already', async () => {
    for (const tokenRequestorId of [TIDAL, FJORD]) {
      const { data } = await push({ tokenRequestorId, fundingAccountIds: ['card-1', 'card-3'] });
      expect(data.pushCard.handOffs.length).toBeGreaterThan(0);
      for (const { url } of data.pushCard.handOffs) {
        const receipts = data.pushCard.accounts.map(
          (one: { pushAccountReceipt: string }) => one.pushAccountReceipt,
        );
        expect(new URL(url).searchParams.get('pushAccountReceipts')).toBe(receipts.join(','));
        expect(url).not.toMatch(/\?.*\?|\?&/);
      }
    }
  });

  it('gives digitization data when the app hands off itself, and a URL of the demo’s own wallet alone', async () => {
    const asked = { requestIssuerInitiatedDigitizationData: true };
    expect((await push({ ...asked, tokenRequestorId: TIDAL })).data.pushCard.handOffs).toEqual([]);
    const { data } = await push(asked);
    const url = expect.stringContaining(`${gateway.simulatorUrl}/wallet/${LARK}/add?data=`);
    expect(data.pushCard.handOffs).toEqual([{ platform: 'WEB', url }]);
    expect(data.pushCard.accounts[0].issuerInitiatedDigitizationData).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it('loses receipts, digitization data and URLs when they expire', async () => {
    const input = { idempotencyKey: randomUUID(), pushAccountReceiptsValidityPeriod: 5 };
    const { data } = await push(input);
    const { expiresAt, createdAt, id, accounts } = data.pushCard;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(5 * MINUTE);
    now += 5 * MINUTE;
    const again = await push(input);
    expect(again.data.pushCard).toMatchObject({ id, status: 'EXPIRED', handOffs: [] });
    expect(again.text).not.toContain(accounts[0].pushAccountReceipt);
    expect(await sends()).toBe(1);
  });

  it('sends no personal data that nobody asked for, whatever the card store hands out', async () => {
    const store = await startCardStoreStub();
    const holder = { accountHolderName: 'OVER/SHARED', accountHolderEmailAddress: 'susan@moonbank.example' };
    store.data = answerJson({ fundingAccounts: [{ ...CARD_DATA, accountHolderData: holder }] });
    const alone = await startTestGateway(store.environment);
    const pushes = new SimulatorControl(alone.simulatorUrl);
    try {
      const push = (accountHolderData: string[]) => {
        const input = {
          idempotencyKey: randomUUID(),
          tokenRequestorId: LARK,
          fundingAccountIds: ['card-1'],
        };
        return alone.graphql(PUSH, { input: { ...input, accountHolderData } });
      };
      expect((await push([])).data.pushCard.status).toBe('READY');
      expect(await pushes.pushes()).not.toMatch(/OVER|moonbank/);
      expect((await push(['NAME'])).data.pushCard.status).toBe('READY');
      expect(await pushes.pushes()).toMatch(/OVER/);
      expect(await pushes.pushes()).not.toMatch(/moonbank/);
    } finally {
      await alone.close();
      store.close();
    }
  });
});

describe('a push that MDES refuses', () => {
  it('is READY when MDES refuses some of the accounts: those carry the refusal', async () => {
    const fundingAccountIds = ['card-11', 'card-12'];
    const { data } = await push({ tokenRequestorId: TAKES_THE_FIRST, fundingAccountIds }, 'amir');
    expect(data.pushCard.status).toBe('READY');
    expect(data.pushCard.accounts[0]).toMatchObject({
      refusal: null,
      pushAccountReceipt: expect.any(String),
    });
    expect(data.pushCard.accounts[1]).toMatchObject({
      pushAccountReceipt: null,
      refusal: {
        code: 'ACCOUNT_INELIGIBLE',
        reasonCode: 'ACCOUNT_INELIGIBLE',
        fundingAccountIds: ['card-12'],
      },
    });
  });

  it('is FAILED when MDES refuses all of the accounts', async () => {
    const { data } = await push({ tokenRequestorId: TAKES_NOBODY, fundingAccountIds: ['card-11'] }, 'amir');
    expect(data.pushCard).toMatchObject({
      __typename: 'Push',
      status: 'FAILED',
      expiresAt: null,
      handOffs: [],
    });
    expect(data.pushCard.accounts[0].refusal.code).toBe('ACCOUNT_INELIGIBLE');
  });

  it('says of an account that MDES could not process that the same key changes nothing', async () => {
    const { data } = await push(
      { tokenRequestorId: CACTUS, fundingAccountIds: ['card-11', 'card-14'] },
      'amir',
    );
    expect(data.pushCard.accounts[1].refusal).toMatchObject({
      code: 'MDES_INTERNAL_FAILURE',
      reasonCode: 'INTERNAL_SERVICE_FAILURE',
      retryable: false,
    });
  });

  it('is refused when MDES refuses the whole of it, and stays so under the same key', async () => {
    const input = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: ALWAYS_LOCKED,
      fundingAccountIds: ['card-11'],
    };
    const first = await push(input, 'amir');
    expect(first.data.pushCard).toEqual({
      __typename: 'PushRefusal',
      code: 'REFUSED_BY_MDES',
      message: expect.any(String),
      retryable: false,
      reasonCode: 'AUTHORIZATION_FAILED',
      fundingAccountIds: [],
    });
    expect((await push(input, 'amir')).data).toEqual(first.data);
    const line = gateway.logs.find((one) => one.includes('refused by MDES for what operators mend'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', code: 'REFUSED_BY_MDES' });
    expect(await sends()).toBe(1);
  });

  it('can be tried again with the same key when MDES failed on its side', async () => {
    const input = { idempotencyKey: randomUUID() };
    await simulator.fault('pushMultipleAccounts', 'errors');
    const { data } = await push(input);
    expect(data.pushCard).toMatchObject({ __typename: 'PushRefusal', retryable: true });
    expect((await push(input)).data.pushCard.status).toBe('READY');
  });
});

describe('a push that MDES does not answer', () => {
  it.each(['500', 'malformed', 'html', 'reset'] as const)(
    'is UNKNOWN after the answer %s, and is not sent again',
    async (fault) => {
      const input = { idempotencyKey: randomUUID() };
      await simulator.fault('pushMultipleAccounts', fault);
      const { data, errors } = await push(input);
      expect(errors).toBeUndefined();
      expect(data.pushCard).toMatchObject({
        __typename: 'Push',
        status: 'UNKNOWN',
        expiresAt: null,
        handOffs: [],
      });
      expect((await push(input)).data).toEqual(data);
      expect(await sends()).toBe(1);
    },
  );

  it('is UNKNOWN when it was carried out and the answer was lost', async () => {
    const { data } = await push({ tokenRequestorId: NEVER_SAYS_SO, fundingAccountIds: ['card-11'] }, 'amir');
    expect(data.pushCard.status).toBe('UNKNOWN');
    expect(await simulator.pushes()).toContain(data.pushCard.id);
  });

  it('is told when MDES cannot be reached, and then was not sent', async () => {
    const mdes = await startTestSimulator();
    const alone = await startTestGateway(simulatorEnvironment(mdes));
    try {
      const query = '{ tokenRequestors { id } }';
      expect((await alone.graphql(query)).errors).toBeUndefined();
      await mdes.close();
      const input = {
        idempotencyKey: randomUUID(),
        tokenRequestorId: LARK,
        fundingAccountIds: ['card-1'],
      };
      const answer = await alone.graphql(PUSH, { input });
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ pushCard: null });
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('Nothing was pushed'),
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfter: 5 },
      });
      // What is cached is served all the same.
      expect((await alone.graphql(query)).errors).toBeUndefined();
    } finally {
      await alone.close();
      await mdes.close();
    }
  });

  it('is not refused for an account whose wallets cannot be told: an outage is no rule', async () => {
    const mdes = await startTestSimulator();
    const control = new SimulatorControl(mdes.url);
    const alone = await startTestGateway(simulatorEnvironment(mdes));
    try {
      const query = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }';
      expect((await alone.graphql(query, { r: ['520474000'] })).errors).toBeUndefined();
      await control.fault('getEligibleTokenRequestors', '500', 9);
      const fundingAccountIds = ['card-1', 'card-2'];
      const input = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds };
      expect(codes(await alone.graphql(PUSH, { input }))).toEqual(['UPSTREAM_UNAVAILABLE']);
      await control.reset();
      expect((await alone.graphql(PUSH, { input })).data.pushCard.status).toBe('READY');
    } finally {
      await alone.close();
      await mdes.close();
    }
  });
});

describe('a push under its key', () => {
  it('is the same push for the same key and input, and is sent once', async () => {
    const input = { idempotencyKey: randomUUID(), fundingAccountIds: ['card-1', 'card-2'] };
    const first = await push(input);
    expect((await push(input)).data).toEqual(first.data);
    expect(
      (await push({ ...input, requestIssuerInitiatedDigitizationData: false, locale: null })).data,
    ).toEqual(first.data);
    expect(await sends()).toBe(1);
  });

  it('is IN_PROGRESS for a second tap while the first is under way', async () => {
    const input = { idempotencyKey: randomUUID() };
    await simulator.fault('pushMultipleAccounts', 'delay', 1, 1500);
    const first = push(input);
    while ((await sends()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = await push(input);
    expect(second.data.pushCard).toMatchObject({
      status: 'IN_PROGRESS',
      accounts: [{ pushAccountReceipt: null }],
    });
    const { data } = await first;
    expect(data.pushCard).toMatchObject({ id: second.data.pushCard.id, status: 'READY' });
    expect(await sends()).toBe(1);
  });

  it('is KEY_REUSED for the same key and other input', async () => {
    const idempotencyKey = randomUUID();
    await push({ idempotencyKey });
    expect(codes(await push({ idempotencyKey, fundingAccountIds: ['card-2'] }))).toEqual(['KEY_REUSED']);
    expect(await sends()).toBe(1);
  });
});
