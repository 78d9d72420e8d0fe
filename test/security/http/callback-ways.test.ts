/** Every way in which a wallet comes back, over raw HTTP, and the page that is shown where it leads no further. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { sendBytes } from '../../support/raw-http.js';
import { TIDAL } from '../../support/requestors.js';
import { type Asked, FORMS, PATHS, QUERIES, type Sent } from './ways-back.js';

const BACK = 'https://www.bank.example/cards/done?session=1';
const REFERENCE = 'DWSPMC000000000132d72d4fcb2f4136a0532d3093ff1a45';
const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { id accounts { pushAccountReceipt } handOffs { url } } } }`;
const READ = `query ($id: ID!) { push(id: $id) { status accounts { outcome } } }`;

let gateway: TestGateway;
let push: Sent;
beforeAll(async () => {
  gateway = await startTestGateway({ CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/' });
});
afterAll(() => gateway.close());

beforeEach(async () => {
  const input = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: TIDAL,
    fundingAccountIds: ['card-1'],
    callbackUrl: BACK,
  };
  const { id, accounts, handOffs } = (await gateway.graphql(PUSH, { input })).data.pushCard;
  const url = new URL(new URL(handOffs[0].url).searchParams.get('callbackURL') ?? '');
  const receipt = accounts[0].pushAccountReceipt;
  push = {
    id,
    receipt,
    state: url.searchParams.get('state') ?? '',
    path: url.pathname,
    target: url.pathname + url.search,
    raw: `results[${receipt}]=APPROVED|${REFERENCE}`,
    encoded: `results%5B${receipt}%5D=APPROVED%7C${REFERENCE}`,
  };
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Byte by byte: a client would encode, fold or refuse what some wallets send. */
async function visit(asked: string | Asked): Promise<Answer> {
  const {
    target,
    method = 'GET',
    headers = [],
    body = '',
  } = typeof asked === 'string' ? { target: asked } : asked;
  const length = body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${target} HTTP/1.1`, 'host: x', 'connection: close', ...length, ...headers];
  const bytes = await sendBytes(gateway.url, `${head.join('\r\n')}\r\n\r\n${body}`, { patience: 50 });
  const [first = '', text = ''] = bytes.split('\r\n\r\n');
  const [line = '', ...fields] = first.split('\r\n');
  const pairs = fields.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { status: Number(line.split(' ')[1]), headers: new Headers(pairs), text };
}

/** Neither answer nor address shows what came, and nothing of it stays behind in a browser. */
function expectNothingOfIt({ headers, text }: Answer): void {
  const shown = [...headers].join('\n') + text;
  for (const secret of [push.receipt, push.state, REFERENCE, 'alert(1)', 'evil', 'jsessionid', 'xxxx']) {
    expect(shown).not.toContain(secret);
  }
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
}

function expectPage(answer: Answer, status: number): void {
  expect([answer.status, answer.headers.get('location')]).toEqual([status, null]);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'.*frame-ancestors 'none'$/,
  );
  expect(answer.text).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">.*<h1>[^<]+<\/h1><p>[^<]+<\/p>/s);
}

const statusNow = async () => (await gateway.graphql(READ, { id: push.id })).data.push;

describe('a wallet comes back', () => {
  it.each([...QUERIES, ...PATHS, ...FORMS])('%s', async (_how, asked, comes) => {
    const answer = await visit(asked(push));
    expectNothingOfIt(answer);
    if (comes === 'TAKEN' || comes === 'NOTHING_SAID') {
      const status = comes === 'TAKEN' ? 'COMPLETED' : 'HANDED_OFF';
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `${BACK}&pushId=${push.id}&status=${status}`,
      ]);
      const outcome = comes === 'TAKEN' ? 'APPROVED' : null;
      expect(await statusNow()).toEqual({ status, accounts: [{ outcome }] });
    } else {
      expectPage(answer, comes);
      expect(await statusNow()).toEqual({ status: 'READY', accounts: [{ outcome: null }] });
    }
  });

  it.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by %s, which says nothing', async (method) => {
    const answer = await visit({ method, target: `${push.target}&${push.raw}` });
    expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    expect((await statusNow()).status).toBe('READY');
  });

  it('a second time, with what it had not said', async () => {
    expect((await visit(push.target)).headers.get('location')).toMatch(/status=HANDED_OFF$/);
    expect((await visit(`${push.target}&${push.raw}`)).headers.get('location')).toMatch(/status=COMPLETED$/);
    expect((await visit(push.target)).headers.get('location')).toMatch(/status=COMPLETED$/);
  });
});

describe('the page of a way back', () => {
  it.each([
    ['es-MX,es;q=0.9,en;q=0.5', 'es', 'ltr'],
    ['ar', 'ar', 'rtl'],
    ['de-AT', 'de', 'ltr'],
    ['xx, fr;q=0.1', 'fr', 'ltr'],
    ['"><script>alert(1)</script>', 'en', 'ltr'],
    [`${'x-'.repeat(3000)}`, 'en', 'ltr'],
    ['*', 'en', 'ltr'],
  ])('in the language of a header, %#', async (languages, language, direction) => {
    const answer = await visit({ target: '/callback/x', headers: [`accept-language: ${languages}`] });
    expectNothingOfIt(answer);
    expect(answer.text).toContain(`<html lang="${language}" dir="${direction}">`);
  });

  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['*/*', 'text/html'],
    ['text/html, application/json', 'text/html'],
    ['application/json', 'application/json'],
    ['application/json, */*;q=0.5', 'application/json'],
    ['<script>alert(1)</script>', 'text/html'],
  ])('for who asks for %s is %s', async (accept, type) => {
    const answer = await visit({ target: '/callback/x', headers: [`accept: ${accept}`] });
    expectNothingOfIt(answer);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, `${type}; charset=utf-8`]);
    if (type === 'application/json') {
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    }
  });

  it('is JSON for who asks for it of a URL that cannot be read, too', async () => {
    const answer = await visit({ target: '/callback/%zz', headers: ['accept: application/json'] });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('comes where a request is refused before it is looked at, too', async () => {
    const limited = await startTestGateway({ RATE_LIMITS: '1/m per address' });
    try {
      const ask = () => fetch(`${limited.url}/callback/x`);
      await ask();
      const answer = await ask();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await answer.text()).toContain('<h1>One moment</h1>');
    } finally {
      await limited.close();
    }
  });
});

it('the log, at level trace, holds nothing of what came', () => {
  const log = gateway.logs.join('\n');
  expect(log).toContain('"route":"/callback/*"');
  expect(log).not.toMatch(/STL-[0-9A-F]|DWSPMC|results|state=|bank\.example|alert\(1\)|evil|jsessionid|xxxx/);
  expect(log).not.toContain('"level":50');
});
