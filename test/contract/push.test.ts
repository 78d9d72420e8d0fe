/** pushMultipleAccounts: what is sent, and which answers count. */
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { type FakeMdes, json, startFakeMdes } from '../support/mdes/fake-mdes.js';
import {
  card,
  caught,
  everythingOf,
  makeTestKeys,
  PAN,
  pushAnswer,
  pushRequest,
  recordingLogger,
  type TestKeys,
} from '../support/mdes/mdes-fixtures.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

let keys: TestKeys;
let mdes: FakeMdes;
let client: MdesClient;
let lines: string[];

beforeAll(() => {
  keys = makeTestKeys();
});

beforeEach(async () => {
  mdes = await startFakeMdes();
  const recording = recordingLogger();
  lines = recording.lines;
  client = createMdesClient(
    {
      log: recording.log,
      clock: { now: () => NOW },
    },
    keys.identity(mdes.baseUrl),
  );
});

afterEach(async () => {
  await client.close();
  await mdes.close();
});

const receipt = (pushAccountId: string, more: Record<string, unknown> = {}) => ({
  pushAccountId,
  pushAccountReceipt: `MCC-${pushAccountId}`,
  ...more,
});

const refused = (pushAccountId: string) => ({
  pushAccountId,
  errors: [{ source: 'INPUT', reasonCode: 'ACCOUNT_INELIGIBLE', description: 'The card is not eligible.' }],
});

function jws(payload: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: '1' })}.${part(payload)}.c2lnbmF0dXJl`;
}

function openEnvelope(body: Buffer): unknown {
  const { encryptedPayload } = JSON.parse(body.toString()).pushFundingAccounts;
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = privateDecrypt(
    { key: keys.decryptionKey, padding, oaepHash: 'sha512' },
    Buffer.from(encryptedPayload.encryptedKey, 'hex'),
  );
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(encryptedPayload.iv, 'hex'));
  const data = Buffer.from(encryptedPayload.encryptedData, 'hex');
  return JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString());
}

describe('a push', () => {
  it('goes out with the least that it needs, its accounts only inside the envelope', async () => {
    mdes.answer(json(200, pushAnswer()));
    await client.pushMultipleAccounts(pushRequest());
    const [request] = mdes.requests;
    const body = request?.body ?? Buffer.alloc(0);
    expect(request?.path).toBe('/mdes/connect/1/0/pushMultipleAccounts');
    expect(JSON.parse(body.toString())).toEqual({
      requestId: 'push-1',
      tokenRequestorId: '50123456789',
      pushFundingAccounts: {
        encryptedPayload: {
          encryptedData: expect.stringMatching(/^[0-9a-f]+$/),
          encryptedKey: expect.stringMatching(/^[0-9a-f]{512}$/),
          iv: expect.stringMatching(/^[0-9a-f]{32}$/),
          oaepHashingAlgorithm: 'SHA512',
          publicKeyFingerprint: 'ab'.repeat(32),
        },
      },
      requestIssuerInitiatedDigitizationData: false,
      pushAccountReceiptsValidityPeriod: 15,
    });
    expect(openEnvelope(body)).toEqual([
      {
        pushAccountId: 'CA-1',
        fundingAccountData: {
          dataValidUntilTimestamp: '2026-03-01T12:30:00.000Z',
          cardAccountData: { accountNumber: PAN, expiryMonth: '09', expiryYear: '31' },
        },
      },
    ]);
  });

  it('carries financial accounts, holder data and what steers the redirect', async () => {
    mdes.answer(json(200, pushAnswer({ pushAccountReceipts: [receipt('CA-1'), receipt('FA-1')] })));
    await client.pushMultipleAccounts(
      pushRequest({
        accounts: [
          card('CA-1', PAN, {
            EMAIL_ADDRESS: 'susan@example.com',
            MOBILE_PHONE_NUMBER: { countryDialInCode: '1', phoneNumber: '7181234567' },
          }),
          {
            pushAccountId: 'FA-1',
            data: {
              account: {
                kind: 'FINANCIAL_ACCOUNT',
                financialAccount: {
                  financialAccountId: new Secret('1123456789012345'),
                  interbankCardAssociationId: '1234',
                  countryCode: 'GBR',
                },
              },
              holder: new Secret({}),
            },
          },
        ],
        accountHolderDataSupplied: true,
        callbackUrl: 'moonbank://pushcallback?session=1',
        locale: 'en_US',
      }),
    );
    const body = mdes.requests[0]?.body ?? Buffer.alloc(0);
    expect(JSON.parse(body.toString()).signatureData).toEqual({
      callbackURL: 'moonbank://pushcallback?session=1',
      accountHolderDataSupplied: true,
      locale: 'en_US',
    });
    const [first, second] = openEnvelope(body) as { fundingAccountData: { accountHolderData?: unknown } }[];
    expect(first?.fundingAccountData.accountHolderData).toEqual({
      accountHolderEmailAddress: 'susan@example.com',
      accountHolderMobilePhoneNumber: { countryDialInCode: '1', phoneNumber: '7181234567' },
    });
    expect(second?.fundingAccountData).toEqual({
      dataValidUntilTimestamp: '2026-03-01T12:30:00.000Z',
      financialAccountData: {
        financialAccountId: '1123456789012345',
        interbankCardAssociationId: '1234',
        countryCode: 'GBR',
      },
    });
  });

  it('goes over a connection that has just carried another, never behind one or after a while', async () => {
    mdes.answer(json(200, pushAnswer()));
    for (let i = 0; i < 3; i++) await client.pushMultipleAccounts(pushRequest());
    expect(mdes.connections()).toBe(1);
    // Neither is answered before both are there: however busy the machine, they are under way at once.
    const waiting: (() => void)[] = [];
    mdes.answer(async (response, request) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const go of waiting) go();
      });
      await json(200, pushAnswer())(response, request);
    });
    await Promise.all([
      client.pushMultipleAccounts(pushRequest()),
      client.pushMultipleAccounts(pushRequest()),
    ]);
    expect(mdes.connections()).toBe(2);
    mdes.answer(json(200, pushAnswer()));
    await new Promise((resolve) => setTimeout(resolve, 700));
    await client.pushMultipleAccounts(pushRequest());
    expect(mdes.connections()).toBe(3);
  });

  it('comes back in the order of the request, each account pushed or refused', async () => {
    mdes.answer(json(200, pushAnswer({ pushAccountReceipts: [refused('B'), receipt('C'), receipt('A')] })));
    const answer = await client.pushMultipleAccounts(
      pushRequest({ accounts: [card('A'), card('B'), card('C')] }),
    );
    expect(answer.accounts).toEqual([
      {
        pushAccountId: 'A',
        pushAccountReceipt: expect.any(Secret),
        issuerInitiatedDigitizationData: null,
      },
      {
        pushAccountId: 'B',
        reason: {
          source: 'INPUT',
          reasonCode: 'ACCOUNT_INELIGIBLE',
          description: 'The card is not eligible.',
        },
      },
      expect.objectContaining({ pushAccountId: 'C' }),
    ]);
    expect(answer.handOffs.map(({ url }) => url.reveal())).toEqual([
      'https://wallet.example/push?pushAccountReceipts=MCC-C,MCC-A',
    ]);
  });

  it('of which every account is refused has nowhere to hand off to', async () => {
    mdes.answer(json(200, pushAnswer({ pushAccountReceipts: [refused('CA-1')] })));
    const answer = await client.pushMultipleAccounts(pushRequest());
    expect(answer.accounts).toEqual([expect.objectContaining({ reason: expect.anything() })]);
    expect(answer.handOffs).toEqual([]);
  });

  it('with digitization data brings it along and hands nobody off', async () => {
    const data = Buffer.from('{"fundingAccountInfo":{}}').toString('base64');
    const item = receipt('CA-1', { issuerInitiatedDigitizationData: data });
    mdes.answer(json(200, pushAnswer({ pushAccountReceipts: [item] })));
    const request = pushRequest({ requestIssuerInitiatedDigitizationData: true });
    const { accounts, handOffs } = await client.pushMultipleAccounts(request);
    const [account] = accounts;
    expect(account !== undefined && 'pushAccountReceipt' in account).toBe(true);
    if (account === undefined || !('pushAccountReceipt' in account)) return;
    expect(account.issuerInitiatedDigitizationData?.reveal()).toBe(data);
    expect(handOffs).toEqual([]);
  });

  it('prefers the signed hand-off when MDES signs', async () => {
    const signature = jws({ pushAccountReceipts: ['MCC-CA-1'], callbackURL: 'https://bank.example/' });
    mdes.answer(
      json(
        200,
        pushAnswer({
          pushAccountReceipts: [receipt('CA-1')],
          signature,
          tokenRequestorSignatureSupport: true,
        }),
      ),
    );
    const { handOffs } = await client.pushMultipleAccounts(pushRequest());
    expect(handOffs.map(({ url }) => url.reveal())).toEqual([
      `https://wallet.example/push?pushAccountData=${signature}`,
    ]);
  });

  it('says in the log when a signature that was announced is missing', async () => {
    mdes.answer(json(200, pushAnswer({ tokenRequestorSignatureSupport: true })));
    const { handOffs } = await client.pushMultipleAccounts(pushRequest());
    expect(handOffs).toHaveLength(1);
    expect(lines.join('')).toContain('signature that MDES announced is missing');
  });
});

describe('an answer that does not fit the push leaves it UNCLEAR, whatever it says:', () => {
  const asked = pushRequest({ accounts: [card('A'), card('B')] });
  const items = (...pushAccountReceipts: unknown[]) => pushAnswer({ pushAccountReceipts });
  const both = items(receipt('A'), receipt('B'));
  it.each([
    ['no receipts at all', { responseId: 'push-1' }],
    ['an account that is not answered', items(receipt('A'))],
    ['an account that is answered twice', items(receipt('A'), receipt('A'))],
    ['an account too many', items(receipt('A'), receipt('B'), receipt('C'))],
    ['an account that nobody asked for', items(receipt('A'), receipt('C'))],
    ['neither receipt nor errors', items(receipt('A'), { pushAccountId: 'B' })],
    ['an empty list of errors and no receipt', items(receipt('A'), { pushAccountId: 'B', errors: [] })],
    ['receipt and errors', items(receipt('A'), { ...receipt('B'), ...refused('B') })],
    ['errors without a reason', items(receipt('A'), { pushAccountId: 'B', errors: [{}] })],
    ['an empty receipt', items(receipt('A'), receipt('B', { pushAccountReceipt: '' }))],
    ['one receipt for two accounts', items(receipt('A'), receipt('B', { pushAccountReceipt: 'MCC-A' }))],
    ['a signature that is no JWS', { ...both, signature: 'hello' }],
    ['a signature over one receipt of two', { ...both, signature: jws({ pushAccountReceipts: ['MCC-A'] }) }],
    [
      'a signature over another receipt',
      { ...both, signature: jws({ pushAccountReceipts: ['MCC-A', 'MCC-X'] }) },
    ],
    [
      'a signature over a receipt more',
      { ...both, signature: jws({ pushAccountReceipts: ['MCC-A', 'MCC-B', 'MCC-X'] }) },
    ],
    ['a signature over nothing', { ...both, signature: jws({}) }],
    [
      'request-level errors beside receipts',
      { ...both, errors: [{ source: 'MDES', reasonCode: 'INTERNAL_SERVICE_FAILURE' }] },
    ],
    ['request-level errors without a reason', { errors: ['no'] }],
  ])('%s', async (_, answer) => {
    mdes.answer(json(200, answer));
    const error = await caught(client.pushMultipleAccounts(asked));
    expect(error.kind).toBe('UNCLEAR');
    expect(everythingOf(error)).not.toMatch(/MCC-/);
    expect(mdes.requests).toHaveLength(1);
  });

  it('digitization data that was asked for and is missing', async () => {
    mdes.answer(json(200, pushAnswer()));
    const request = pushRequest({ requestIssuerInitiatedDigitizationData: true });
    expect((await caught(client.pushMultipleAccounts(request))).kind).toBe('UNCLEAR');
  });
});
