/** getEligibleTokenRequestors: exact where money depends on it, tolerant of whatever MDES may add. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { type FakeMdes, startFakeMdes, text } from '../support/mdes/fake-mdes.js';
import {
  caught,
  makeTestKeys,
  range,
  recordingLogger,
  type TestKeys,
} from '../support/mdes/mdes-fixtures.js';

const RANGE = range('5412346789');
const OTHER = range('512345678901');

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
  client = createMdesClient({ log: recording.log }, keys.identity(mdes.baseUrl));
});

afterEach(async () => {
  await client.close();
  await mdes.close();
});

const WALLET = {
  tokenRequestorId: '50123456789',
  name: 'Sunrise Ave. Ltd',
  consumerFacingEntityName: 'Happy Sunrise Online',
  imageAssetId: 'dbc55444-496a-4896-b41c-5d5e2dd431e2',
  tokenRequestorType: 'WALLET',
  walletId: '222',
  enabledAccountRanges: ['RANGE'],
  supportedPushMethods: ['ANDROID', 'WEB'],
  supportsMultiplePushedCards: true,
  supportedAccountHolderData: ['NAME', 'ADDRESS'],
  supportIssuerInitiatedDigitizationData: true,
};

/** `RANGE` stands for a bare integer of 19 digits, which no JavaScript number can hold. */
function answerWith(...tokenRequestors: unknown[]): void {
  const body = JSON.stringify({ responseId: 'other', tokenRequestors });
  mdes.answer(text(200, body.replaceAll('"RANGE"', RANGE)));
}

function warnings(): string {
  return lines.filter((line) => line.includes('"level":"warn"')).join('');
}

describe('getEligibleTokenRequestors', () => {
  it('sends the ranges as they are, signed and without asking for compression', async () => {
    answerWith(WALLET);
    await client.getEligibleTokenRequestors([RANGE, OTHER]);
    const [request] = mdes.requests;
    expect(request?.path).toBe('/mdes/connect/1/0/getEligibleTokenRequestors');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=UTF-8',
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: expect.stringMatching(/^OAuth /),
    });
    expect(JSON.parse(String(request?.body))).toEqual({
      requestId: expect.stringMatching(/^.{1,64}$/),
      accountRanges: [RANGE, OTHER],
    });
  });

  it('reads integers of 19 digits without losing one', async () => {
    const odd = range('5412346789000000001');
    mdes.answer(
      text(
        200,
        JSON.stringify({ tokenRequestors: [{ ...WALLET, enabledAccountRanges: ['R'] }] }).replace('"R"', odd),
      ),
    );
    expect((await client.getEligibleTokenRequestors([odd]))[0]?.enabledAccountRanges).toEqual([odd]);
    expect(await client.getEligibleTokenRequestors([RANGE])).toEqual([]);
  });

  it.each([
    ['an integer', 'RANGE'],
    ['a string', RANGE],
    ['a string that is not padded', '5412346789'],
  ])('takes a range as %s', async (_, written) => {
    answerWith({ ...WALLET, enabledAccountRanges: [written] });
    expect(await client.getEligibleTokenRequestors([RANGE])).toEqual([
      {
        id: '50123456789',
        name: 'Sunrise Ave. Ltd',
        consumerFacingEntityName: 'Happy Sunrise Online',
        type: 'WALLET',
        walletId: '222',
        imageAssetId: 'dbc55444-496a-4896-b41c-5d5e2dd431e2',
        enabledAccountRanges: [RANGE],
        supportedPushMethods: ['ANDROID', 'WEB'],
        supportsMultiplePushedCards: true,
        supportedAccountHolderData: ['NAME', 'ADDRESS'],
        supportsCardHolderAuthentication: false,
        supportsIssuerInitiatedDigitizationData: true,
      },
    ]);
    expect(warnings()).toBe('');
  });

  it('reads a requestor with the least that MDES may say', async () => {
    const { tokenRequestorId, name, consumerFacingEntityName } = WALLET;
    answerWith({
      tokenRequestorId,
      name,
      consumerFacingEntityName,
      tokenRequestorType: 'MERCHANT',
      enabledAccountRanges: ['RANGE'],
    });
    expect(await client.getEligibleTokenRequestors([RANGE])).toEqual([
      expect.objectContaining({
        type: 'MERCHANT',
        walletId: null,
        imageAssetId: null,
        supportedPushMethods: [],
        supportedAccountHolderData: [],
        supportsMultiplePushedCards: false,
        supportsIssuerInitiatedDigitizationData: false,
      }),
    ]);
  });

  it('keeps of the ranges only those that were asked for, and drops who is left with none', async () => {
    answerWith(
      { ...WALLET, enabledAccountRanges: [OTHER, 'RANGE', '9999999999'] },
      { ...WALLET, tokenRequestorId: '50123456780', enabledAccountRanges: ['9999999999'] },
    );
    const requestors = await client.getEligibleTokenRequestors([RANGE]);
    expect(requestors.map(({ id, enabledAccountRanges }) => [id, enabledAccountRanges])).toEqual([
      ['50123456789', [RANGE]],
    ]);
  });

  it('drops unknown push methods and holder items, and says so in one line', async () => {
    const future = {
      ...WALLET,
      supportedPushMethods: ['WEB', 'HARMONY', 'https://5412346789012342'],
      supportedAccountHolderData: ['NAME', 'SHOE_SIZE'],
      somethingNew: { of: ['the', 'future'] },
    };
    answerWith(future, { ...future, tokenRequestorId: '50123456780' });
    const requestors = await client.getEligibleTokenRequestors([RANGE]);
    expect(requestors).toHaveLength(2);
    expect(requestors[0]).toMatchObject({
      supportedPushMethods: ['WEB'],
      supportedAccountHolderData: ['NAME'],
    });
    expect(warnings().match(/\n/g)).toHaveLength(1);
    expect(warnings().match(/HARMONY/g)).toHaveLength(1);
    expect(warnings()).toContain('SHOE_SIZE');
    expect(warnings()).not.toContain('5412346789012342');
  });

  it.each([
    ['of unknown type', { tokenRequestorType: 'CENTRAL_BANK' }],
    ['without name', { name: undefined }],
    ['with a malformed id', { tokenRequestorId: '123' }],
    ['with ranges that are none', { enabledAccountRanges: { '5412346789012342': true } }],
    ['that is not an object', null],
  ])('drops a requestor %s, says so and serves the rest', async (_, change) => {
    answerWith(change === null ? 'PAN 5412346789012342' : { ...WALLET, ...change }, {
      ...WALLET,
      tokenRequestorId: '50123456780',
    });
    const requestors = await client.getEligibleTokenRequestors([RANGE]);
    expect(requestors.map(({ id }) => id)).toEqual(['50123456780']);
    expect(warnings()).toContain('omitted');
    expect(warnings()).not.toContain('5412346789012342');
  });

  it('keeps the first of two requestors with one id', async () => {
    answerWith(WALLET, { ...WALLET, name: 'Impostor' });
    const requestors = await client.getEligibleTokenRequestors([RANGE]);
    expect(requestors.map(({ name }) => name)).toEqual(['Sunrise Ave. Ltd']);
    expect(warnings()).toContain('second requestor 50123456789');
  });

  it('takes the logo away, not the requestor, when an asset id could not stand in a path', async () => {
    answerWith({ ...WALLET, imageAssetId: '../../etc/passwd' });
    expect((await client.getEligibleTokenRequestors([RANGE]))[0]?.imageAssetId).toBeNull();
    expect(warnings()).toContain('imageAssetId of requestor 50123456789');
  });

  it('fails when not one requestor can be read: an empty list would be a lie', async () => {
    answerWith({ tokenRequestor: 'x' }, { tokenRequestor: 'y' });
    expect((await caught(client.getEligibleTokenRequestors([RANGE]))).kind).toBe('UNAVAILABLE');
  });

  it('mentions another responseId in the log, and goes on', async () => {
    answerWith(WALLET);
    expect(await client.getEligibleTokenRequestors([RANGE])).toHaveLength(1);
    expect(lines.join('')).toContain('another responseId');
  });

  it('does not call for no range, and refuses more than 25', async () => {
    expect(await client.getEligibleTokenRequestors([])).toEqual([]);
    const many = Array.from({ length: 26 }, (_, i) => range(String(5_400_000_000 + i)));
    await expect(client.getEligibleTokenRequestors(many)).rejects.toThrow(RangeError);
    expect(mdes.requests).toHaveLength(0);
  });

  it('reuses connections', async () => {
    answerWith(WALLET);
    for (let i = 0; i < 5; i++) await client.getEligibleTokenRequestors([RANGE]);
    expect(mdes.connections()).toBe(1);
  });
});
