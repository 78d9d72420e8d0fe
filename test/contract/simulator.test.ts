/** The client and the strict simulator, which share no code, over real HTTP; and Mastercard's own libraries as a third. */
import { createPrivateKey, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEncryptionCertificate } from '../../src/config/keys/encryption-certificate.js';
import type { CipherMode, MdesIdentity, OaepHash } from '../../src/config/mdes-identity.js';
import { Secret } from '../../src/domain/secret.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { card, caught, pushRequest, range, recordingLogger } from '../support/mdes/mdes-fixtures.js';
import { mastercardAuthorization, mastercardEncryption, PUSH_PATH } from '../support/mdes/mdes-mastercard.js';
import { LARK } from '../support/requestors.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const MOON_RANGE = range('5204740000000000000');
const CARDS = ['5204740000000001', '5204740000000019'];
const HOLDER = {
  NAME: 'Susan Doe',
  ADDRESS: { line1: '100 1st Street', city: 'St. Louis', country: 'USA' },
  EMAIL_ADDRESS: 'susan@example.com',
  MOBILE_PHONE_NUMBER: { countryDialInCode: '1', phoneNumber: '7181234567' },
};

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startTestSimulator();
});

afterAll(() => simulator.close());

function identity(overrides: Partial<MdesIdentity> = {}): MdesIdentity {
  const { baseUrl, consumerKey, signingKeyPem, encryptionCertificatePem } = simulator.mdes;
  const certificate = readEncryptionCertificate(Buffer.from(encryptionCertificatePem));
  return {
    baseUrl,
    consumerKey: new Secret(consumerKey),
    signingKey: createPrivateKey(signingKeyPem),
    encryptionKey: certificate.key,
    encryptionFingerprint: certificate.fingerprint,
    cipherMode: 'CBC',
    oaepHash: 'SHA512',
    ...overrides,
  };
}

async function withClient<T>(
  overrides: Partial<MdesIdentity>,
  work: (client: MdesClient) => Promise<T>,
): Promise<T> {
  const client = createMdesClient(recordingLogger(), identity(overrides));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function lastPush(): Promise<string> {
  const response = await fetch(`${simulator.url}/simulator/pushes`);
  return response.text();
}

const MODES: [CipherMode, OaepHash][] = [
  ['CBC', 'SHA256'],
  ['CBC', 'SHA512'],
  ['GCM', 'SHA256'],
  ['GCM', 'SHA512'],
];

describe.each(MODES)('with %s and OAEP %s', (cipherMode, oaepHash) => {
  it('lists requestors, fetches a logo and pushes two cards with all that goes along', async () => {
    await withClient({ cipherMode, oaepHash }, async (client) => {
      const requestors = await client.getEligibleTokenRequestors([MOON_RANGE, range('5300000000000000000')]);
      const wallet = requestors.find(({ id }) => id === LARK);
      expect(wallet?.enabledAccountRanges).toEqual([MOON_RANGE]);

      const asset = await client.getAsset(wallet?.imageAssetId ?? '');
      expect(asset?.mediaContents).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'image/png', width: 192, height: 192 }),
          expect.objectContaining({ type: 'image/svg+xml' }),
        ]),
      );

      const requestId = randomUUID();
      const { accounts, handOffs } = await client.pushMultipleAccounts(
        pushRequest({
          requestId,
          tokenRequestorId: LARK,
          accounts: CARDS.map((number, i) => card(`CA-${i}`, number, HOLDER)),
          accountHolderDataSupplied: true,
          callbackUrl: 'https://bank.example/pushed?session=1',
          locale: 'en_US',
        }),
      );
      expect(accounts).toEqual([
        expect.objectContaining({ pushAccountId: 'CA-0', pushAccountReceipt: expect.any(Secret) }),
        expect.objectContaining({ pushAccountId: 'CA-1', pushAccountReceipt: expect.any(Secret) }),
      ]);
      expect(handOffs.map(({ platform }) => platform).sort()).toEqual(['ANDROID', 'IOS', 'WEB']);
      for (const { url } of handOffs)
        expect(url.reveal()).toMatch(/\?pushAccountData=[\w-]+\.[\w-]+\.[\w-]+$/);

      const seen = await lastPush();
      expect(seen).toContain(requestId);
      for (const text of [...CARDS, 'Susan Doe', 'susan@example.com', '7181234567'])
        expect(seen).toContain(text);
    });
  });
});

describe('the simulator', () => {
  it('takes a financial account', async () => {
    await withClient({}, async (client) => {
      const financialAccount = {
        financialAccountId: new Secret('1123456789012345'),
        interbankCardAssociationId: '10231',
        countryCode: 'GBR',
      };
      const data = {
        account: { kind: 'FINANCIAL_ACCOUNT', financialAccount },
        holder: new Secret({}),
      } as const;
      const { accounts } = await client.pushMultipleAccounts(
        pushRequest({ tokenRequestorId: LARK, accounts: [{ pushAccountId: 'FA-1', data }] }),
      );
      expect(accounts).toEqual([expect.objectContaining({ pushAccountReceipt: expect.any(Secret) })]);
    });
  });

  it('gives digitization data, and then there is no hand-off', async () => {
    await withClient({}, async (client) => {
      const { accounts, handOffs } = await client.pushMultipleAccounts(
        pushRequest({
          tokenRequestorId: LARK,
          accounts: [card('CA-1', CARDS[0])],
          requestIssuerInitiatedDigitizationData: true,
          pushAccountReceiptsValidityPeriod: 5,
        }),
      );
      expect(accounts).toEqual([
        expect.objectContaining({ issuerInitiatedDigitizationData: expect.any(Secret) }),
      ]);
      expect(handOffs).toEqual([]);
    });
  });

  it('refuses one account of two, which stays a push', async () => {
    await withClient({}, async (client) => {
      const { accounts } = await client.pushMultipleAccounts(
        pushRequest({
          requestId: randomUUID(),
          tokenRequestorId: LARK,
          accounts: [card('CA-1', CARDS[0]), card('CA-2', '4111111111111111')],
        }),
      );
      expect(accounts).toEqual([
        expect.objectContaining({ pushAccountReceipt: expect.any(Secret) }),
        {
          pushAccountId: 'CA-2',
          reason: expect.objectContaining({ reasonCode: 'ACCOUNT_INELIGIBLE' }),
        },
      ]);
    });
  });

  it('knows no asset of another id', async () => {
    await withClient({}, async (client) => {
      expect(await client.getAsset(randomUUID())).toBeNull();
      expect(await client.getAsset('not-a-uuid')).toBeNull();
    });
  });

  it.each([
    ['a strange consumer key', () => ({ consumerKey: new Secret('x'.repeat(97)) }), 'UNAUTHORIZED'],
    ['a strange fingerprint', () => ({ encryptionFingerprint: '00'.repeat(32) }), 'REFUSED'],
  ])('turns %s away', async (_, overrides, kind) => {
    await withClient(overrides(), async (client) => {
      const push = pushRequest({ tokenRequestorId: LARK, accounts: [card('CA-1', CARDS[0])] });
      expect((await caught(client.pushMultipleAccounts(push))).kind).toBe(kind);
    });
  });

  it("accepts a request that Mastercard's own libraries encrypted and signed", async () => {
    const { baseUrl, consumerKey, signingKeyPem, encryptionCertificatePem } = simulator.mdes;
    const encryption = mastercardEncryption({
      certificatePem: encryptionCertificatePem,
      oaepHash: 'SHA-512',
    });
    const encryptedData = [
      {
        pushAccountId: 'CA-1',
        fundingAccountData: {
          cardAccountData: { accountNumber: CARDS[0], expiryMonth: '09', expiryYear: '31' },
        },
      },
    ];
    const clear = {
      requestId: randomUUID(),
      tokenRequestorId: LARK,
      pushFundingAccounts: { encryptedPayload: { encryptedData } },
    };
    const body = JSON.stringify(encryption.encrypt(PUSH_PATH, {}, clear).body);
    const url = baseUrl + PUSH_PATH;
    const authorization = mastercardAuthorization({ url, method: 'POST', body, consumerKey, signingKeyPem });
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
    expect(await response.json()).toMatchObject({
      pushAccountReceipts: [{ pushAccountId: 'CA-1', pushAccountReceipt: expect.stringMatching(/^MCC-/) }],
    });
  });
});
