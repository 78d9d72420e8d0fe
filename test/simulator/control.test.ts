/** The simulator's own routes: what tests look up, and what they make happen. */
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { rsaKeyPair } from '../support/keys.js';
import { COPPER_FOX, LARK } from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { accounts, card, type PushOptions, push } from '../support/simulator/simulator-pushes.js';
import {
  type Answer,
  ASSET,
  at,
  control,
  ELIGIBLE,
  type Json,
  PUSH,
  requestErrors,
  send,
} from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const get = (path: string): Promise<Answer> => control(simulator().url, path);
const post = (path: string, body: unknown): Promise<Answer> => control(simulator().url, path, body);
const ask = (): Promise<Answer> =>
  send(simulator(), ELIGIBLE, { body: '{"requestId":"1","accountRanges":["520474000"]}' });
const order = (fault: string, more: object = {}): Promise<Answer> =>
  post('/simulator/faults', { operation: 'getEligibleTokenRequestors', fault, ...more });
const calls = async (): Promise<Json> => (await get('/simulator/calls')).json;

const ED25519 = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();

beforeEach(async () => {
  await post('/simulator/reset', {});
});

describe('GET /', () => {
  it('tells where things are', async () => {
    const { json } = await get('/');
    expect(at(json, 'mdesBaseUrl')).toBe(simulator().url);
    expect(at(json, 'operations', 'pushMultipleAccounts')).toBe(PUSH);
    expect(at(json, 'control')).toContain('POST /simulator/redeem');
  });
});

describe('/simulator/trust', () => {
  const pemOf = (name: string) => {
    const { privateKey, publicKey } = rsaKeyPair(name);
    return {
      signingKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  };
  const asked = async (signingKeyPem?: string) =>
    (
      await send(simulator(), ELIGIBLE, {
        body: '{"requestId":"1","accountRanges":["520474000"]}',
        ...(signingKeyPem !== undefined && { signingKeyPem }),
      })
    ).status;

  it('takes a second client key beside the first, through a reset, and no third', async () => {
    const second = pemOf('second client');
    expect(await asked(second.signingKeyPem)).toBe(403);
    const { status, json } = await post('/simulator/trust', { publicKey: second.publicKey });
    expect([status, at(json, 'trusted')]).toEqual([200, true]);
    await post('/simulator/reset', {});
    expect([await asked(second.signingKeyPem), await asked()]).toEqual([200, 200]);
    expect(await asked(pemOf('third client').signingKeyPem)).toBe(403);
  });

  it.each([
    ['nothing', {}],
    ['no PEM', { publicKey: 'key' }],
    ['a private key', { publicKey: pemOf('second client').signingKeyPem }],
    ['a key of another kind', { publicKey: ED25519 }],
  ])('refuses %s', async (_, body) => {
    expect((await post('/simulator/trust', body)).status).toBe(400);
  });
});

describe('/simulator/calls', () => {
  it('counts what arrived: good, refused and faulted', async () => {
    await ask();
    await send(simulator(), ELIGIBLE, { body: '{}', spoil: () => undefined });
    await order('500');
    await ask();
    await send(simulator(), `${ASSET}/malformed`);
    await push(simulator());
    await send(simulator(), '/connect/1/0/unknown', { body: '{}' });
    expect(await calls()).toEqual({ getEligibleTokenRequestors: 3, getAsset: 1, pushMultipleAccounts: 1 });
  });

  it('counts a request that hangs, and goes on', async () => {
    await order('hang');
    const hung = new AbortController();
    const waiting = fetch(simulator().url + ELIGIBLE, { method: 'POST', body: '{}', signal: hung.signal });
    await untilCounted();
    hung.abort();
    await expect(waiting).rejects.toThrow();
    expect((await ask()).status).toBe(200);
  });

  async function untilCounted(): Promise<void> {
    while (at(await calls(), 'getEligibleTokenRequestors') !== 1) await new Promise(setImmediate);
  }
});

describe('/simulator/pushes', () => {
  it('shows what was pushed, decrypted, with its verdict', async () => {
    const dataValidUntilTimestamp = new Date(Date.now() + 60_000).toISOString();
    const pushed = await push(simulator(), {
      accounts: accounts(card(undefined, { dataValidUntilTimestamp }), card('4111111111111111')),
      body: { requestId: 'push-1', signatureData: { locale: 'en_US' } },
    });
    const { json } = await get('/simulator/pushes');
    expect(json).toEqual({
      pushes: [
        {
          requestId: 'push-1',
          tokenRequestorId: LARK,
          signatureData: { locale: 'en_US' },
          time: expect.any(String),
          verdict: 'PARTLY_PUSHED',
          accounts: [
            {
              pushAccountId: 'account-0',
              fundingAccountData: card(undefined, { dataValidUntilTimestamp }),
              verdict: 'RECEIPT',
              pushAccountReceipt: at(pushed.json, 'pushAccountReceipts', 0, 'pushAccountReceipt'),
              expiresAt: expect.any(String),
            },
            {
              pushAccountId: 'account-1',
              fundingAccountData: card('4111111111111111'),
              verdict: 'REFUSED',
              errors: at(pushed.json, 'pushAccountReceipts', 1, 'errors'),
            },
          ],
        },
      ],
    });
  });

  it('shows a push that was refused as a whole, and none that was not understood or faulted', async () => {
    await push(simulator(), { tokenRequestorId: COPPER_FOX, accounts: accounts(card(), card()) });
    await push(simulator(), { body: { requestId: '' } });
    await post('/simulator/faults', { operation: 'pushMultipleAccounts', fault: '500' });
    await push(simulator());
    const { json } = await get('/simulator/pushes');
    expect(at(json, 'pushes', 'length')).toBe(1);
    expect(at(json, 'pushes', 0, 'verdict')).toBe('REFUSED');
    expect(at(json, 'pushes', 0, 'errors', 0, 'reasonCode')).toBe('INVALID_FIELD_VALUE');
  });
});

describe('/simulator/redeem', () => {
  const redeem = async (pushAccountReceipt: unknown, tokenRequestorId: unknown = LARK): Promise<unknown> => {
    const { status, json } = await post('/simulator/redeem', { pushAccountReceipt, tokenRequestorId });
    return status === 200 ? at(json, 'redeemed') : `${status} ${String(at(json, 'error', 'code'))}`;
  };
  const receipt = async (options: PushOptions = {}): Promise<unknown> =>
    at((await push(simulator(), options)).json, 'pushAccountReceipts', 0, 'pushAccountReceipt');
  const MINUTE = 60_000;
  const advance = (advanceMs: number): Promise<Answer> => post('/simulator/clock', { advanceMs });

  it('takes a receipt once', async () => {
    const given = await receipt();
    expect(await redeem(given)).toBe(true);
    expect(await redeem(given)).toBe('409 RECEIPT_ALREADY_REDEEMED');
  });

  it('takes it for its own requestor only, which does not use it up', async () => {
    const given = await receipt();
    expect(await redeem(given, COPPER_FOX)).toBe('403 RECEIPT_OF_OTHER_REQUESTOR');
    expect(await redeem(given)).toBe(true);
  });

  it('takes it for 15 minutes, or as many as were asked for', async () => {
    const standard = await receipt();
    const short = await receipt({ body: { pushAccountReceiptsValidityPeriod: 5 } });
    await advance(5 * MINUTE);
    expect(await redeem(short)).toBe('410 RECEIPT_EXPIRED');
    await advance(10 * MINUTE - 5000);
    expect(await redeem(standard)).toBe(true);
    const second = await receipt();
    await advance(15 * MINUTE);
    expect(await redeem(second)).toBe('410 RECEIPT_EXPIRED');
  });

  it('takes it no longer than the account data may be used', async () => {
    const dataValidUntilTimestamp = new Date(Date.now() + MINUTE).toISOString();
    const given = await receipt({ accounts: accounts(card(undefined, { dataValidUntilTimestamp })) });
    await advance(MINUTE);
    expect(await redeem(given)).toBe('410 RECEIPT_EXPIRED');
  });

  it('knows no other receipt, and none after a reset', async () => {
    expect(await redeem('MCC-STL-NONE')).toBe('404 RECEIPT_UNKNOWN');
    const given = await receipt();
    await post('/simulator/reset', {});
    expect(await redeem(given)).toBe('404 RECEIPT_UNKNOWN');
  });

  it('refuses bad input', async () => {
    expect(await redeem(7)).toBe('400 BAD_REQUEST');
    expect(await redeem('MCC-STL-NONE', '5013')).toBe('400 BAD_REQUEST');
  });
});

describe('/simulator/clock', () => {
  it('does not touch how signatures are judged', async () => {
    await post('/simulator/clock', { advanceMs: 86_400_000 });
    expect((await ask()).status).toBe(200);
  });
});

describe('/simulator/faults', () => {
  it('strikes as often as ordered, then no more', async () => {
    await order('500', { times: 2 });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([500, 500, 200]);
  });

  it('strikes one operation only, before it looks at the signature', async () => {
    await order('500');
    expect((await push(simulator())).status).toBe(200);
    expect((await send(simulator(), ELIGIBLE, { body: '{}', spoil: () => undefined })).status).toBe(500);
  });

  it('can answer broken JSON, HTML, and errors in HTTP 200', async () => {
    for (const fault of ['malformed', 'html', 'errors']) await order(fault);
    const malformed = await ask();
    expect([malformed.status, malformed.contentType, malformed.json]).toEqual([
      200,
      'application/json',
      undefined,
    ]);
    const html = await ask();
    expect([html.status, html.contentType]).toEqual([200, 'text/html']);
    const errors = await ask();
    expect([errors.status, ...requestErrors(errors)]).toEqual([
      200,
      'INTERNAL_SERVICE_FAILURE MDES had an internal exception.',
    ]);
  });

  it('can break the connection before a push is carried out', async () => {
    await post('/simulator/faults', { operation: 'pushMultipleAccounts', fault: 'reset' });
    await expect(push(simulator())).rejects.toThrow();
    expect((await get('/simulator/pushes')).json).toEqual({ pushes: [] });
    expect(at(await calls(), 'pushMultipleAccounts')).toBe(1);
  });

  it('can delay, and any other fault can be delayed too', async () => {
    await order('delay', { delayMs: 60 });
    await order('500', { delayMs: 60 });
    const started = performance.now();
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(500);
    expect(performance.now() - started).toBeGreaterThanOrEqual(110);
  });

  it('is forgotten by a reset, as counters, pushes and the clock are', async () => {
    await order('500', { times: 5 });
    await push(simulator());
    await post('/simulator/reset', {});
    expect((await ask()).status).toBe(200);
    expect(await calls()).toEqual({ getEligibleTokenRequestors: 1, getAsset: 0, pushMultipleAccounts: 0 });
    expect((await get('/simulator/pushes')).json).toEqual({ pushes: [] });
  });
});

describe('a control route', () => {
  it.each<[string, unknown, string]>([
    ['/simulator/faults', {}, 'operation'],
    ['/simulator/faults', { operation: 'pushAccount', fault: '500' }, 'operation'],
    ['/simulator/faults', { operation: 'getAsset', fault: 'explode' }, 'fault'],
    ['/simulator/faults', { operation: 'getAsset', fault: '500', times: 0 }, 'times'],
    ['/simulator/faults', { operation: 'getAsset', fault: 'delay', delayMs: -1 }, 'delayMs'],
    ['/simulator/faults', { operation: 'getAsset', fault: '500', time: 1 }, 'time'],
    ['/simulator/clock', { advanceMs: -1 }, 'advanceMs'],
    ['/simulator/clock', { advanceMs: '1' }, 'advanceMs'],
    ['/simulator/clock', [], 'body'],
  ])('%s says what is wrong with %j', async (path, body, expected) => {
    const { status, json } = await post(path, body);
    expect([status, at(json, 'error', 'code')]).toEqual([400, 'BAD_REQUEST']);
    expect(at(json, 'error', 'message')).toContain(expected);
  });

  it('refuses what is not JSON, what is too large, the wrong method, the unknown', async () => {
    const raw = async (body: string): Promise<number> =>
      (await fetch(`${simulator().url}/simulator/clock`, { method: 'POST', body })).status;
    expect([await raw('{'), await raw(`"${'x'.repeat(100_000)}"`)]).toEqual([400, 413]);
    expect((await get('/simulator/clock')).status).toBe(405);
    expect((await get('/simulator/constructor')).status).toBe(404);
  });
});
