/** The demo card store keeps the contract that issuers implement, and breaks it on request. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { startDemoCardStore } from '../../src/simulator/demo-card-store.js';
import type { LocalServer } from '../../src/simulator/http/local-server.js';
import { within } from '../support/measurements.js';
import { at, control, type Json } from '../support/simulator/simulator-requests.js';

const TOKEN = 'card-store-token';
let store: LocalServer;
beforeAll(async () => {
  store = await startDemoCardStore({ token: TOKEN });
});
afterAll(() => store.close());
beforeEach(async () => {
  await control(store.url, '/card-store/reset', {});
});

interface StoreAnswer {
  readonly status: number;
  readonly json: Json;
}

async function call(path: string, body?: unknown, token = TOKEN): Promise<StoreAnswer> {
  const response = await fetch(store.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

const list = (accountHolder: string): Promise<StoreAnswer> =>
  call(`/funding-accounts?accountHolder=${accountHolder}`);
const read = (accountHolder: string, ids: string[], accountHolderData: string[] = []): Promise<StoreAnswer> =>
  call('/funding-accounts/data', { accountHolder, ids, accountHolderData });

function ids({ json }: StoreAnswer): Json[] {
  const accounts = at(json, 'fundingAccounts');
  return Array.isArray(accounts) ? accounts.map((account) => at(account, 'id')) : [];
}

/** The schema of that name in the OpenAPI document, as something that checks. */
function schemaOf(name: string): z.ZodType {
  const file = new URL('../../src/vault/card-store.openapi.yaml', import.meta.url);
  const { components } = parse(readFileSync(file, 'utf8').replaceAll('#/components/schemas/', '#/$defs/'));
  // Zod does not know this keyword; a test of its own stands in.
  delete components.schemas.CardAccountData.dependentRequired;
  delete components.schemas.FundingAccount.dependentRequired;
  return z.fromJSONSchema({ $defs: components.schemas, $ref: `#/$defs/${name}` });
}

describe('the contract', () => {
  it.each(['susan', 'amir', 'nobody'])('is kept by the list of %s’s accounts', async (holder) => {
    const { status, json } = await list(holder);
    expect(status).toBe(200);
    expect(schemaOf('FundingAccountList').safeParse(json).error).toBeUndefined();
  });

  it.each(['susan', 'amir'])('is kept by the data of %s’s accounts, one by one', async (holder) => {
    for (const id of ids(await list(holder))) {
      const everything = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'];
      const { status, json } = await read(holder, [String(id)], everything);
      expect(status).toBe(200);
      expect(schemaOf('FundingAccountDataList').safeParse(json).error).toBeUndefined();
      const card = at(json, 'fundingAccounts', 0, 'cardAccountData');
      expect(at(card, 'expiryMonth') === undefined).toBe(at(card, 'expiryYear') === undefined);
      expect(at(json, 'fundingAccounts', 0, 'accountHolderData', 'accountHolderName')).toBeDefined();
    }
  });

  it('would notice an answer that breaks it', async () => {
    const { json } = await list('susan');
    const [first] = at(json, 'fundingAccounts') as readonly object[];
    for (const change of [{ accountRange: '1' }, { id: '' }, { kind: 'CAR' }, { accountNumber: '5' }]) {
      const broken = { fundingAccounts: [{ ...first, ...change }] };
      expect(schemaOf('FundingAccountList').safeParse(broken).success).toBe(false);
    }
    const data = await read('susan', ['card-1']);
    const [card] = at(data.json, 'fundingAccounts') as readonly object[];
    for (const change of [{ financialAccountData: {} }, { cardAccountData: {} }, { accountHolder: '' }]) {
      const broken = { fundingAccounts: [{ ...card, ...change }] };
      expect(schemaOf('FundingAccountDataList').safeParse(broken).success).toBe(false);
    }
  });
});

describe('the list of accounts', () => {
  it('has susan’s cards and financial account, all active', async () => {
    const answer = await list('susan');
    expect(ids(answer)).toEqual(['card-1', 'card-2', 'card-3', 'account-1']);
    expect(JSON.stringify(answer.json)).not.toMatch(/SUSPENDED|CLOSED/);
  });

  it('has no account number in it', async () => {
    for (const holder of ['susan', 'amir']) {
      const text = JSON.stringify((await list(holder)).json).replace(/"accountRange":"\d+"/g, '');
      expect(text).not.toMatch(/\d{9,}/);
      expect(text).not.toContain('MOON0');
    }
  });

  it('has amir’s accounts for all that can go wrong', async () => {
    const answer = await list('amir');
    expect(ids(answer).length).toBeGreaterThanOrEqual(10);
    expect(ids(answer)).not.toEqual(expect.arrayContaining(['card-1']));
    expect(JSON.stringify(answer.json)).toMatch(/SUSPENDED.*CLOSED/);
  });

  it('is empty for a stranger', async () => {
    expect((await list('mallory')).json).toEqual({ fundingAccounts: [] });
  });
});

describe('the data of accounts', () => {
  it('leaves out what is not the holder’s or not there', async () => {
    expect(ids(await read('susan', ['card-2', 'card-11', 'card-99']))).toEqual(['card-2']);
  });

  it('has only the holder items that were asked for, and only those that there are', async () => {
    const none = await read('susan', ['card-1']);
    expect(at(none.json, 'fundingAccounts', 0)).not.toHaveProperty('accountHolderData');
    const items = ['NAME', 'EMAIL_ADDRESS'];
    const two = at((await read('susan', ['card-1'], items)).json, 'fundingAccounts', 0, 'accountHolderData');
    expect(Object.keys(two as object)).toEqual(['accountHolderName', 'accountHolderEmailAddress']);
    const one = at((await read('amir', ['card-20'], items)).json, 'fundingAccounts', 0, 'accountHolderData');
    expect(Object.keys(one as object)).toEqual(['accountHolderName']);
  });

  it('has an expiry date for every card but one', async () => {
    const one = at((await read('amir', ['card-16'])).json, 'fundingAccounts', 0, 'cardAccountData');
    expect(Object.keys(one as object)).toEqual(['accountNumber']);
  });
});

describe('bad input', () => {
  it.each(['', 'Bearer', `${TOKEN}x`])('gets 401 with the token "%s"', async (token) => {
    const { status, json } = await call('/funding-accounts?accountHolder=susan', undefined, token);
    expect([status, at(json, 'error', 'code')]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it.each<[string, unknown]>([
    ['/funding-accounts', undefined],
    ['/funding-accounts?accountHolder=', undefined],
    ['/funding-accounts?accountHolder=susan&accountHolder=amir', undefined],
    ['/funding-accounts/data', {}],
    ['/funding-accounts/data', { accountHolder: 'susan', ids: [], accountHolderData: [] }],
    ['/funding-accounts/data', { accountHolder: 'susan', ids: ['../1'], accountHolderData: [] }],
    [
      '/funding-accounts/data',
      { accountHolder: 'susan', ids: ['1', '2', '3', '4', '5', '6'], accountHolderData: [] },
    ],
    ['/funding-accounts/data', { accountHolder: 'susan', ids: ['card-1'], accountHolderData: ['AGE'] }],
    ['/card-store/faults', { fault: 'fire' }],
  ])('gets 400 at %s with %j', async (path, body) => {
    const { status, json } = await call(path, body);
    expect([status, at(json, 'error', 'code')]).toEqual([400, 'BAD_REQUEST']);
  });

  it('gets 404 anywhere else', async () => {
    expect((await call('/accounts')).status).toBe(404);
    expect((await call('/card-store/other', {})).status).toBe(404);
  });
});

describe('a fault', () => {
  const order = (fault: string, times = 1): Promise<unknown> =>
    control(store.url, '/card-store/faults', { fault, times });

  it('500 comes as often as ordered', async () => {
    await order('500', 2);
    expect([
      (await list('susan')).status,
      (await list('susan')).status,
      (await list('susan')).status,
    ]).toEqual([500, 500, 200]);
  });

  it('malformed breaks the JSON', async () => {
    await order('malformed');
    await expect(list('susan')).rejects.toThrow('JSON');
  });

  it('foreign-account names somebody else’s account, in both answers', async () => {
    await order('foreign-account', 2);
    expect(JSON.stringify((await list('susan')).json)).toContain('"accountHolder":"amir"');
    expect(JSON.stringify((await read('susan', ['card-1'])).json)).toContain('"accountHolder":"amir"');
  });

  it('hang never answers', async () => {
    await order('hang');
    const url = `${store.url}/funding-accounts?accountHolder=susan`;
    const headers = { authorization: `Bearer ${TOKEN}` };
    await expect(fetch(url, { headers, signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  });

  it('flood sends 100 MB of JSON', async () => {
    await order('flood');
    const headers = { authorization: `Bearer ${TOKEN}` };
    const { body } = await fetch(`${store.url}/funding-accounts?accountHolder=susan`, { headers });
    let bytes = 0;
    for await (const chunk of body ?? []) bytes += (chunk as Uint8Array).length;
    expect(bytes).toBeGreaterThan(100_000_000);
  });
});

describe('closing', () => {
  it('is fast, even with a request that hangs', async () => {
    const other = await startDemoCardStore({ token: TOKEN });
    await control(other.url, '/card-store/faults', { fault: 'hang' });
    const headers = { authorization: `Bearer ${TOKEN}` };
    const hung = fetch(`${other.url}/funding-accounts?accountHolder=susan`, { headers }).catch(
      () => 'broken',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await other.close();
    expect(await hung).toBe('broken');
    expect(performance.now() - started).toBeLessThan(within(500));
  });
});
