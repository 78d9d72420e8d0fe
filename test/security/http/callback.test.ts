/** The way back from a wallet, as an attacker walks it: over raw HTTP, with whatever a URL may hold. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type RawAnswer, send, sendBytes } from '../../support/raw-http.js';
import { LARK, TIDAL } from '../../support/requestors.js';

/** Shows the query form, where the callback URL can be read. */
const BACK = 'https://www.bank.example/cards/done?session=1';
const REFERENCE = 'DWSPMC000000000132d72d4fcb2f4136a0532d3093ff1a45';
const SECRETS = /STL-[0-9A-F]|DWSPMC|results|state=/;

const FIELDS = `id status accounts { pushAccountReceipt outcome outcomeCertainty } handOffs { url }`;
const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { ${FIELDS} } ... on PushRefusal { code } } }`;
const READ = `query ($id: ID!) { push(id: $id) { ${FIELDS} } }`;

interface Sent {
  readonly id: string;
  readonly receipts: readonly string[];
  /** What MDES got as callback URL, of the push's own or none. */
  readonly callbackUrl: string;
  /** Its path and query. */
  readonly target: string;
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/,moonbank://,direct:https://app.bank.example/',
  });
});
afterAll(() => gateway.close());

async function push(input: Readonly<Record<string, unknown>> = {}): Promise<Sent> {
  const defaults = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: TIDAL,
    fundingAccountIds: ['card-1'],
    callbackUrl: BACK,
  };
  const { data } = await gateway.graphql(PUSH, { input: { ...defaults, ...input } });
  const { id, accounts, handOffs } = data.pushCard;
  const callbackUrl = new URL(handOffs[0].url).searchParams.get('callbackURL') ?? '';
  return {
    id,
    receipts: accounts.map((one: { pushAccountReceipt: string }) => one.pushAccountReceipt),
    callbackUrl,
    target: callbackUrl.slice(gateway.url.length),
  };
}
const visit = (path: string, method = 'GET', headers: Readonly<Record<string, string>> = {}) =>
  send(gateway.url, { method, path, headers });
const read = async (id: string) => (await gateway.graphql(READ, { id })).data.push;

function expectPage(answer: RawAnswer, status: number): void {
  expect({ status: answer.status, location: answer.headers.location }).toEqual({ status });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
  });
  expect(answer.text).not.toMatch(SECRETS);
}
function expectSentOn({ headers, status }: RawAnswer, id: string, pushStatus: string): void {
  expect({ status, location: headers.location }).toEqual({
    status: 303,
    location: `${BACK}&pushId=${id}&status=${pushStatus}`,
  });
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
}

describe('the callback route', () => {
  it.each([
    ['encoded', (receipt: string) => `results%5B${receipt}%5D=APPROVED%7C${REFERENCE}`],
    ['as they are', (receipt: string) => `results[${receipt}]=APPROVED|${REFERENCE}`],
    ['twice', (receipt: string) => `results[${receipt}]=APPROVED&results%5B${receipt}%5D=APPROVED`],
  ])(
    'takes results %s, sends on with the status and no secret, and takes them once',
    async (_how, results) => {
      const { id, receipts, target } = await push();
      const query = results(receipts[0] ?? '');
      for (let count = 0; count < 3; count++) {
        const path = `${target}&${query}`;
        // Not through a client that would encode the brackets.
        const answer = await sendBytes(
          gateway.url,
          `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
          { patience: 50 },
        );
        expect(answer).toMatch(/^HTTP\/1\.1 303 /);
        expect(/^location: (.*)\r$/im.exec(answer)?.[1]).toBe(`${BACK}&pushId=${id}&status=COMPLETED`);
        expect(answer).not.toMatch(SECRETS);
      }
      expect(await read(id)).toMatchObject({
        status: 'COMPLETED',
        accounts: [{ outcome: 'APPROVED', outcomeCertainty: 'REPORTED' }],
      });
      const lines = gateway.logs.filter((line) => line.includes('push.outcome') && line.includes(id));
      expect(lines).toHaveLength(1);
    },
  );

  it('sends on without results, too, and knows no more then than that she was there', async () => {
    const { id, target } = await push();
    expectSentOn(await visit(target), id, 'HANDED_OFF');
    expect(await read(id)).toMatchObject({ status: 'HANDED_OFF', accounts: [{ outcome: null }] });
  });

  it('is not named to a requestor that goes to the app itself', async () => {
    for (const callbackUrl of ['moonbank://back?session=1', 'https://app.bank.example/done']) {
      expect((await push({ callbackUrl })).callbackUrl).toBe(callbackUrl);
    }
  });

  it('gives MDES no more than 256 printable characters', async () => {
    const { callbackUrl } = await push();
    expect(callbackUrl).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/callback\/[0-9a-f-]{36}\/([\w-]{22})\?state=\1$/,
    );
    expect(callbackUrl.length).toBeLessThan(256);
  });
});

describe('the callback route takes no result, and tells nothing,', () => {
  let mine: Sent;
  let other: Sent;
  let direct: Sent;
  beforeEach(async () => {
    [mine, other, direct] = [await push(), await push(), await push({ callbackUrl: 'moonbank://back' })];
  });

  /** What is asked for, and what it gets: a page with that status, or to be sent on as HANDED_OFF. */
  type Row = readonly [what: string, path: () => string, answer: 404 | 'sent on'];
  const stateOf = ({ target }: Sent) => target.slice(-22);
  const approved = (sent: Sent, receipt = sent.receipts[0]) => `results[${receipt}]=APPROVED`;
  const HOSTILE: readonly Row[] = [
    ['no state', () => `/callback/${mine.id}?${approved(mine)}`, 404],
    ['an empty state', () => `/callback/${mine.id}?state=&${approved(mine)}`, 404],
    ['a state cut short', () => `/callback/${mine.id}/${stateOf(mine).slice(0, -1)}?${approved(mine)}`, 404],
    ['a state too long', () => `/callback/${mine.id}/${stateOf(mine)}x?${approved(mine)}`, 404],
    [
      'a state behind four others',
      () => `/callback/${mine.id}?${'state=x&'.repeat(4)}state=${stateOf(mine)}`,
      404,
    ],
    ['a state of 12 kB', () => `/callback/${mine.id}?state=${'x'.repeat(12_000)}`, 404],
    ['a state that is no text', () => `/callback/${mine.id}?state=${'%ED%A0%80'.repeat(22)}`, 404],
    ['a state of lists', () => `/callback/${mine.id}?state[]=x&state[__proto__]=y`, 404],
    ["another push's state", () => `${other.target.replace(other.id, mine.id)}&${approved(mine)}`, 404],
    ['a push that never was', () => mine.target.replace(mine.id, randomUUID()), 404],
    ['an id in capitals', () => mine.target.replace(mine.id, mine.id.toUpperCase()), 404],
    ['an id with %00', () => mine.target.replace(mine.id, `${mine.id}%00`), 404],
    ['an id of the prototype', () => mine.target.replace(mine.id, '__proto__'), 404],
    ['an id with a script', () => `/callback/%3Cscript%3Ealert(1)%3C%2Fscript%3E?state=x`, 404],
    ["another push's receipt", () => `${mine.target}&${approved(other)}`, 'sent on'],
    ['a receipt of nobody', () => `${mine.target}&results[MCC-STL-0]=APPROVED`, 'sent on'],
    [
      'a receipt cut short',
      () => `${mine.target}&${approved(mine, mine.receipts[0]?.slice(0, -1))}`,
      'sent on',
    ],
    ['a word of nobody', () => `${mine.target}&results[${mine.receipts[0]}]=DONE`, 'sent on'],
    ['a script for a word', () => `${mine.target}&results[${mine.receipts[0]}]=%3Cscript%3E`, 'sent on'],
    [
      'a header for a word',
      () => `${mine.target}&results[${mine.receipts[0]}]=APPROVED%0d%0ax-evil:%201`,
      'sent on',
    ],
    ['two words', () => `${mine.target}&${approved(mine)}&results[${mine.receipts[0]}]=DECLINED`, 'sent on'],
    [
      'its own receipt among a thousand',
      () =>
        `${mine.target}&${Array.from({ length: 1000 }, (_, n) => `results[${n}]=ERROR`)
          .join('&')
          .slice(0, 7000)}&${approved(mine)}`,
      'sent on',
    ],
    [
      'its own receipt beside 9 kB',
      () => `${mine.target}&${approved(mine)}&x=${'x'.repeat(9000)}`,
      'sent on',
    ],
    [
      'results that are encoded three times',
      () => `${mine.target}&results%25255B${mine.receipts[0]}%25255D=APPROVED`,
      'sent on',
    ],
    [
      'another place to go to',
      () => `${mine.target}&callbackUrl=https://evil.example&redirect=//evil.example&url=javascript:alert(1)`,
      'sent on',
    ],
    ['broken escapes', () => `${mine.target}&%zz=%&&&==%E0%A4%A`, 'sent on'],
  ];
  it.each(HOSTILE)('for %s', async (_what, path, expected) => {
    const answer = await visit(path());
    if (expected === 404) expectPage(answer, 404);
    else expectSentOn(answer, mine.id, 'HANDED_OFF');
    expect(answer.headers).not.toHaveProperty('x-evil');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    const status = expected === 404 ? 'READY' : 'HANDED_OFF';
    expect(await read(mine.id)).toMatchObject({ status, accounts: [{ outcome: null }] });
    expect(await read(other.id)).toMatchObject({ status: 'READY', accounts: [{ outcome: null }] });
  });

  it('and the same page, whether the push is there or not', async () => {
    const there = await visit(`/callback/${mine.id}?state=${'x'.repeat(22)}`);
    const notThere = await visit(`/callback/${randomUUID()}?state=${'x'.repeat(22)}`);
    expect(notThere.text).toBe(there.text);
  });

  it('for a push whose requestor was never told to come by', async () => {
    expectPage(await visit(`/callback/${direct.id}?${approved(direct)}`), 404);
    expect((await read(direct.id)).status).toBe('READY');
  });

  it.each([
    ['HEAD', 404],
    ['PUT', 404],
    ['DELETE', 404],
    ['OPTIONS', 404],
  ])('for %s', async (method, status) => {
    const answer = await visit(`${mine.target}&${approved(mine)}`, method);
    expect(answer.status).toBe(status);
    expect(answer.headers).not.toHaveProperty('location');
    expect((await read(mine.id)).status).toBe('READY');
  });

  it.each([
    ['no id', '/callback/', 404],
    ['no id and no slash', '/callback', 404],
    ['a path below', `/callback/${randomUUID()}/x`, 404],
    ['a broken escape in the path', '/callback/%zz?state=x', 400],
    ['half a character in the path', '/callback/%ED%A0%80?state=x', 400],
    ['a path of 200 characters', `/callback/${'x'.repeat(200)}?state=x`, 404],
    ['a path of 10 kB', `/callback/${'x'.repeat(10_000)}?state=x`, 404],
    ['dots', '/callback/../graphql/..%2f..%2f?state=x', 404],
  ])('for %s', async (_what, path, status) => {
    const answer = await visit(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.text).not.toContain('x'.repeat(50));
  });

  it('for 10,000 results, which no HTTP server of ours reads', async () => {
    const flood = Array.from({ length: 10_000 }, (_, n) => `results[${n}]=APPROVED`).join('&');
    const answer = await sendBytes(
      gateway.url,
      `GET ${mine.target}&${flood}&${approved(mine)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      { patience: 50 },
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect((await read(mine.id)).status).toBe('READY');
  });

  it('for a Host of another site, which no answer of ours repeats', async () => {
    const answer = await visit(mine.target, 'GET', {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    });
    expectSentOn(answer, mine.id, 'HANDED_OFF');
  });
});

describe('the callback route, visited again and in other ways,', () => {
  it('lets nobody take back, by a replay, what became of an account since', async () => {
    const { id, receipts, target } = await push();
    const says = (word: string) => visit(`${target}&results[${receipts[0]}]=${word}`);
    expectSentOn(await says('REQUIRE_ADDITIONAL_AUTHENTICATION'), id, 'ACTION_REQUIRED');
    expectSentOn(await says('APPROVED'), id, 'COMPLETED');
    for (const word of ['REQUIRE_ADDITIONAL_AUTHENTICATION', 'DECLINED', 'CANCELLED', 'ERROR']) {
      expectSentOn(await says(word), id, 'COMPLETED');
    }
  });

  it('joins the status to whatever the callback URL holds, and to nothing that would hide it', async () => {
    for (const [own, joined] of [
      ['https://www.bank.example/cards/', 'https://www.bank.example/cards/?'],
      ['https://www.bank.example/cards/?', 'https://www.bank.example/cards/?'],
      ['https://www.bank.example/cards/?a=1', 'https://www.bank.example/cards/?a=1&'],
      ['https://www.bank.example/cards/?a=1&', 'https://www.bank.example/cards/?a=1&'],
      ['https://www.bank.example/cards/?a=%26%23', 'https://www.bank.example/cards/?a=%26%23&'],
      ['https://www.bank.example/cards/?status=COMPLETED', 'https://www.bank.example/cards/?'],
      [
        'https://www.bank.example/cards/?a=1&%73tatus=1&pushId=2&status',
        'https://www.bank.example/cards/?a=1&',
      ],
      ['https://www.bank.example/cards/?constructor=1', 'https://www.bank.example/cards/?constructor=1&'],
    ] as const) {
      const { id, target } = await push({ callbackUrl: own });
      const { headers } = await visit(target);
      expect(headers.location).toBe(`${joined}pushId=${id}&status=HANDED_OFF`);
      expect(new URL(headers.location ?? '').searchParams.getAll('status')).toEqual(['HANDED_OFF']);
    }
  });

  it.each([
    ['a fragment', `${BACK}#top`],
    ['an empty fragment, which would swallow the results', `${BACK}#`],
    ['an empty fragment of an app', 'moonbank://back#'],
    ['a script', 'javascript:alert(1)'],
    ['credentials', 'https://user:word@www.bank.example/cards/'],
    ['another host', 'https://evil.example/cards/'],
    ['a host that begins like ours', 'https://www.bank.example.evil.example/cards/'],
    ['a path that only looks like ours', 'https://www.bank.example/cards/..%2f..%2fadmin'],
    ['a backslash', 'https://www.bank.example\\@evil.example/cards/'],
    ['a line break', 'https://www.bank.example/cards/\r\nx-evil: 1'],
    ['half a character', 'https://www.bank.example/cards/\ud800'],
    ['257 characters', `https://www.bank.example/cards/${'x'.repeat(226)}`],
    ['nothing', ''],
  ])('has no way on to a URL with %s: such a push is refused', async (_what, callbackUrl) => {
    const input = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
      callbackUrl,
    };
    const { data, errors } = await gateway.graphql(PUSH, { input });
    expect(errors).toBeUndefined();
    expect(data.pushCard).toEqual({ code: 'CALLBACK_URL_NOT_ALLOWED' });
  });

  it('speaks the language of who comes by', async () => {
    const page = await visit('/callback/x', 'GET', { 'accept-language': 'ar,en;q=0.5' });
    expectPage(page, 404);
    expect(page.text).toContain('<html lang="ar" dir="rtl">');
    expect((await visit('/callback/x', 'GET', { 'accept-language': '"><script>' })).text).toContain(
      'lang="en"',
    );
  });

  it('has left no receipt, reference, state or callback in the log, at level trace', () => {
    const log = gateway.logs.join('\n');
    expect(log).toContain('"route":"/callback/*"');
    expect(log).not.toMatch(/STL-[0-9A-F]|DWSPMC|results|state=|bank\.example/);
  });
});
