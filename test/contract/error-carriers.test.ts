/** Every way in which MDES, or the gateway before it, says no: one closed set of kinds comes out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import type { MdesError, MdesErrorKind } from '../../src/mdes/mdes-error.js';
import type { Logger } from '../../src/observability/logger.js';
import { type FakeMdes, json, type Reply, startFakeMdes, text } from '../support/mdes/fake-mdes.js';
import {
  caught,
  countTraces,
  everythingOf,
  makeTestKeys,
  PAN,
  pushRequest,
  range,
  recordingLogger,
  type TestKeys,
} from '../support/mdes/mdes-fixtures.js';

let mdes: FakeMdes;
let keys: TestKeys;
let client: MdesClient;
let lines: string[];

beforeAll(async () => {
  mdes = await startFakeMdes();
  keys = makeTestKeys();
});

afterAll(() => mdes.close());

// One for each test: it remembers failures.
beforeEach(() => {
  const recording = recordingLogger();
  lines = recording.lines;
  client = clientOf(mdes, recording.log);
});

afterEach(() => client.close());

function clientOf({ baseUrl }: FakeMdes, log: Logger): MdesClient {
  // Its requests are counted: on a busy machine there must be time for all of them.
  const deadlines = { readMs: 28_000, attemptMs: 25_000, repeatWithinMs: 20_000 };
  return createMdesClient({ log }, keys.identity(baseUrl), { deadlines });
}

const mdesErrors = (reasonCode: string, source = 'INPUT') => ({
  errorCode: reasonCode,
  errors: [
    { source, reasonCode, description: 'What it is - field' },
    { source, reasonCode: 'SECOND' },
  ],
  responseId: '123456',
});

const gateway = (ReasonCode: string, Source = 'Gateway', Description: string | null = null) => ({
  Errors: { Error: [{ Source, ReasonCode, Description, Recoverable: false, Details: null }] },
});

const HTML = '<html><body>Bad Gateway</body></html>';

type Row = [string, Reply, read: MdesErrorKind, push: MdesErrorKind, reasonCode: string | null];

const ROWS: Row[] = [
  [
    '200 with errors[]',
    json(200, mdesErrors('INVALID_FIELD_LENGTH')),
    'REFUSED',
    'REFUSED',
    'INVALID_FIELD_LENGTH',
  ],
  [
    '200 with errors[] over our rights',
    json(200, mdesErrors('AUTHORIZATION_FAILED', 'MDES')),
    'REFUSED',
    'REFUSED',
    'AUTHORIZATION_FAILED',
  ],
  [
    '200 with a reason of the future',
    json(200, mdesErrors('QUANTUM_REFUSAL', 'ORACLE')),
    'REFUSED',
    'REFUSED',
    'QUANTUM_REFUSAL',
  ],
  [
    '200 with a reason that is no code',
    json(200, mdesErrors(`no, ${PAN}!`)),
    'REFUSED',
    'REFUSED',
    'UNRECOGNIZED',
  ],
  [
    '400 with errors[]',
    json(400, mdesErrors('CRYPTOGRAPHY_ERROR')),
    'REFUSED',
    'REFUSED',
    'CRYPTOGRAPHY_ERROR',
  ],
  [
    '403 with errors[]',
    json(403, mdesErrors('AUTHORIZATION_FAILED', 'MDES')),
    'REFUSED',
    'REFUSED',
    'AUTHORIZATION_FAILED',
  ],
  ['422 with errors[]', json(422, mdesErrors('INVALID_JSON')), 'REFUSED', 'REFUSED', 'INVALID_JSON'],
  [
    '400 of the gateway over the header',
    json(400, gateway('INVALID_AUTH_HEADER')),
    'UNAUTHORIZED',
    'UNAUTHORIZED',
    'INVALID_AUTH_HEADER',
  ],
  [
    '400 of the gateway over the body hash',
    json(400, gateway('INVALID_BODY_HASH')),
    'UNAUTHORIZED',
    'UNAUTHORIZED',
    'INVALID_BODY_HASH',
  ],
  [
    '400 of the gateway as a single thing',
    json(400, { Errors: { Error: gateway('INVALID_OAUTH_SBS').Errors.Error[0] } }),
    'UNAUTHORIZED',
    'UNAUTHORIZED',
    'INVALID_OAUTH_SBS',
  ],
  ['401 of the gateway', json(401, gateway('DECLINED')), 'UNAUTHORIZED', 'UNAUTHORIZED', 'DECLINED'],
  [
    '403 of the gateway',
    json(403, gateway('AUTHENTICATION_FAILED')),
    'UNAUTHORIZED',
    'UNAUTHORIZED',
    'AUTHENTICATION_FAILED',
  ],
  [
    '422 of the gateway',
    json(422, gateway('INVALID_CLIENT_CERT')),
    'UNAUTHORIZED',
    'UNAUTHORIZED',
    'INVALID_CLIENT_CERT',
  ],
  [
    '400 of what lies behind the gateway',
    json(400, gateway('DECRYPT_PRIVATE_KEY_NOT_FOUND', 'CRYPTO')),
    'REFUSED',
    'REFUSED',
    'DECRYPT_PRIVATE_KEY_NOT_FOUND',
  ],
  [
    '404 of the gateway',
    json(404, gateway('RESOURCE_UNKNOWN')),
    'UNAVAILABLE',
    'UNAVAILABLE',
    'RESOURCE_UNKNOWN',
  ],
  ['401 in HTML', text(401, HTML), 'UNAUTHORIZED', 'UNCLEAR', null],
  ['403 in HTML', text(403, HTML), 'UNAUTHORIZED', 'UNCLEAR', null],
  ['404 in HTML', text(404, HTML), 'UNAVAILABLE', 'UNCLEAR', null],
  ['400 with an empty body', text(400, ''), 'UNAVAILABLE', 'UNCLEAR', null],
  [
    '429 of the gateway',
    json(429, gateway('RATE_LIMIT_EXCEEDED')),
    'UNAVAILABLE',
    'UNAVAILABLE',
    'RATE_LIMIT_EXCEEDED',
  ],
  ['429 in HTML', text(429, HTML), 'UNAVAILABLE', 'UNCLEAR', null],
  ...[408, 409, 425, 499].flatMap((status): Row[] => [
    [`${status} in HTML`, text(status, HTML), 'UNAVAILABLE', 'UNCLEAR', null],
    [
      `${status} of the gateway`,
      json(status, gateway('SERVICE_TIMEOUT')),
      'UNAVAILABLE',
      'UNCLEAR',
      'SERVICE_TIMEOUT',
    ],
  ]),
  ['418 of an intermediary', json(418, { error: 'teapot' }), 'UNAVAILABLE', 'UNCLEAR', null],
  [
    '500 with errors[]',
    json(500, mdesErrors('INTERNAL_SERVICE_FAILURE', 'MDES')),
    'UNAVAILABLE',
    'UNCLEAR',
    'INTERNAL_SERVICE_FAILURE',
  ],
  [
    '503 of the gateway',
    json(503, gateway('SERVICE_UNAVAILABLE')),
    'UNAVAILABLE',
    'UNCLEAR',
    'SERVICE_UNAVAILABLE',
  ],
  ['502 in HTML', text(502, HTML), 'UNAVAILABLE', 'UNCLEAR', null],
  ['200 in HTML', text(200, HTML), 'UNAVAILABLE', 'UNCLEAR', null],
  ['200 with malformed JSON', text(200, '{"tokenRequestors": [}'), 'UNAVAILABLE', 'UNCLEAR', null],
  [
    '200 with a key twice',
    text(200, '{"tokenRequestors": [], "tokenRequestors": {}}'),
    'UNAVAILABLE',
    'UNCLEAR',
    null,
  ],
  [
    '200 with what is no UTF-8',
    text(200, Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    'UNAVAILABLE',
    'UNCLEAR',
    null,
  ],
  ['200 with an array 100,000 deep', text(200, '['.repeat(100_000)), 'UNAVAILABLE', 'UNCLEAR', null],
  [
    '200 of a wrong schema',
    json(200, { tokenRequestors: 'none', pushAccountReceipts: {} }),
    'UNAVAILABLE',
    'UNCLEAR',
    null,
  ],
  ['200 with null', json(200, null), 'UNAVAILABLE', 'UNCLEAR', null],
  ['200 with nothing', text(200, ''), 'UNAVAILABLE', 'UNCLEAR', null],
  ['200 with errors of the gateway', json(200, gateway('DECLINED')), 'UNAVAILABLE', 'UNCLEAR', null],
  ['204', text(204, ''), 'UNAVAILABLE', 'UNCLEAR', null],
  ['302', text(302, '', { location: '/elsewhere' }), 'UNAVAILABLE', 'UNCLEAR', null],
  ['307', text(307, '', { location: 'http://127.0.0.1:1/' }), 'UNAVAILABLE', 'UNCLEAR', null],
];

interface Met {
  readonly readError: MdesError;
  readonly pushError: MdesError;
  /** After the read, and after both. */
  readonly requests: readonly number[];
}

/** By the row. All at once, each with an MDES and a client of its own: between the tries of a read there is a pause. */
const met = new Map<string, Promise<Met>>();

beforeAll(async () => {
  for (const [name, reply] of ROWS) met.set(name, meet(reply));
  await Promise.allSettled(met.values());
});

async function meet(reply: Reply): Promise<Met> {
  const own = await startFakeMdes();
  const ownClient = clientOf(own, recordingLogger().log);
  try {
    own.answer(reply);
    const readError = await caught(ownClient.getEligibleTokenRequestors([range('5412346789')]));
    const afterRead = own.requests.length;
    const pushError = await caught(ownClient.pushMultipleAccounts(pushRequest()));
    return { readError, pushError, requests: [afterRead, own.requests.length] };
  } finally {
    await ownClient.close();
    await own.close();
  }
}

describe.each(ROWS)('%s', (name, _reply, read, push, reasonCode) => {
  // MDES that says to slow down is not asked again at once.
  const attempts = read === 'UNAVAILABLE' && !name.startsWith('429') ? 3 : 1;

  it(`makes a read ${read} after ${attempts} request(s) and a push ${push} after one`, async () => {
    const { readError, pushError, requests } = (await met.get(name)) ?? {};
    expect([readError?.kind, pushError?.kind]).toEqual([read, push]);
    expect([readError?.reason?.reasonCode, pushError?.reason?.reasonCode]).toEqual([
      reasonCode ?? undefined,
      reasonCode ?? undefined,
    ]);
    expect(requests).toEqual([attempts, attempts + 1]);
  });
});

describe('Retry-After', () => {
  const wait = async (retryAfter: string, status = 429) => {
    mdes.answer(text(status, '', { 'retry-after': retryAfter }));
    return (await caught(client.getEligibleTokenRequestors([range('5412346789')]))).retryAfterSeconds;
  };

  it('is understood in seconds and as a date', async () => {
    expect(await wait('17')).toBe(17);
    expect(await wait('17', 503)).toBe(17);
    const seconds = await wait(new Date(Date.now() + 60_000).toUTCString());
    expect(seconds).toBeGreaterThan(57);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('is never in the past, longer than a day or made up', async () => {
    expect(await wait(new Date(0).toUTCString())).toBe(0);
    expect(await wait('999999999')).toBe(86_400);
    expect(await wait('soon')).toBeUndefined();
  });
});

describe('what MDES says about an error', () => {
  const hex = Buffer.from(PAN).toString('hex');
  const base64 = Buffer.from(PAN).toString('base64');
  const description = `Invalid Field Value - accountNumber ${PAN}, in hex ${hex}, in base64 ${base64}`;
  const sbs = `POST&https%3A%2F%2Fmdes&oauth_consumer_key%3D${PAN}`;

  it('is kept without the values that it quotes', async () => {
    mdes.answer(json(200, { errors: [{ source: 'INPUT', reasonCode: 'INVALID_FIELD_VALUE', description }] }));
    const error = await caught(client.pushMultipleAccounts(pushRequest()));
    expect(error.reason?.description).toBe('Invalid Field Value - accountNumber …, in hex …, in base64 …');
  });

  it('is kept without signature base strings and hashes', async () => {
    const text = `OAuth signatures did not match. Acceptable signature base string: ${sbs}`;
    mdes.answer(json(403, gateway('AUTHENTICATION_FAILED', 'Gateway', text)));
    const error = await caught(client.pushMultipleAccounts(pushRequest()));
    expect(error.reason?.description).toBe(
      'OAuth signatures did not match. Acceptable signature base string',
    );
  });

  it.each([
    ['in errors[]', json(200, { errors: [{ source: 'INPUT', reasonCode: PAN, description }] })],
    ['in a code', json(400, { errors: [{ source: PAN, reasonCode: `A_${hex}`, description: base64 }] })],
    ['in the gateway', json(400, gateway(PAN, PAN, `${PAN}: ${PAN}`))],
    ['in malformed JSON', text(200, `{"a": ${PAN} ${hex} ${base64}`)],
    ['in a wrong schema', json(200, { tokenRequestors: PAN, pushAccountReceipts: { [PAN]: hex } })],
    ['in HTML', text(500, `<p>${PAN} ${hex} ${base64}</p>`)],
    ['in a header', text(429, '', { 'retry-after': PAN })],
  ])('leaves no card number in errors and log: %s', async (_, reply) => {
    mdes.answer(reply);
    lines.length = 0;
    const errors = [
      await caught(client.pushMultipleAccounts(pushRequest())),
      await caught(client.getEligibleTokenRequestors([range('5412346789')])),
      await caught(client.getAsset('554dbc44')),
    ];
    for (const error of errors) expect(countTraces(everythingOf(error), PAN)).toBe(0);
    expect(countTraces(lines.join(''), PAN)).toBe(0);
    expect(lines.length).toBeGreaterThan(0);
  });
});
