/** The simulated wallets: what their pages take, what they refuse, and what they send back. */
import { createSign } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { verifyPushData } from '../../src/simulator/wallets/verify-push-data.js';
import { rsaKeyPair } from '../support/keys.js';
import { COPPER_FOX, KEYSTONE, LARK, ORCHARD, SWALLOW, TIDAL } from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { at, control, ELIGIBLE, send } from '../support/simulator/simulator-requests.js';
import { digitizationDataOf, handed, sendForm, walletUrl } from '../support/simulator/simulator-wallets.js';

const simulator = simulatorForTests();
const CALLBACK = 'https://bank.example/back?session=a%20b&x=1';
const TOKEN = 'DWSPMC[0-9a-f]{42}';

const redeem = async (pushAccountReceipt = '', tokenRequestorId = SWALLOW): Promise<number> =>
  (await control(simulator().url, '/simulator/redeem', { pushAccountReceipt, tokenRequestorId })).status;
const later = (advanceMs: number) => control(simulator().url, '/simulator/clock', { advanceMs });

/** Sends a signed push with these results, and tells where the wallet goes back to. */
async function wayBack(
  results: readonly string[],
  more: { readonly callbackURL?: string; readonly raw?: boolean } = {},
): Promise<{ readonly location: string; readonly receipts: readonly string[] }> {
  const { callbackURL = CALLBACK, raw = false } = more;
  const { signature, receipts } = await handed(simulator(), {
    cards: results.length,
    signatureData: { callbackURL },
  });
  const fields = results.map((result) => ['result', result] as const);
  const response = await sendForm(walletUrl(simulator(), 'push', { pushAccountData: signature }), [
    ...fields,
    ...(raw ? [['encoding', 'raw'] as const] : []),
  ]);
  expect(response.status).toBe(303);
  return { location: response.headers.get('location') ?? '', receipts };
}

beforeEach(async () => {
  await control(simulator().url, '/simulator/reset', {});
});

describe('the catalogue', () => {
  it('leads to the simulator’s own pages, where it runs, for Lark and the redirect wallet', async () => {
    for (const id of [LARK, SWALLOW]) {
      const page = `${simulator().mdes.baseUrl}/wallet/${id}/push`;
      expect(page.length).toBeLessThanOrEqual(128);
      expect((await handed(simulator(), { tokenRequestorId: id })).uris).toEqual([page, page, page]);
      const body = '{"requestId":"1","accountRanges":["520474000"]}';
      const list = at((await send(simulator(), ELIGIBLE, { body })).json, 'tokenRequestors');
      const entry = Array.isArray(list) ? list.find((one) => at(one, 'tokenRequestorId') === id) : undefined;
      expect(at(entry, 'availablePushMethods')).toEqual(
        ['ANDROID', 'IOS', 'WEB'].map((type) => ({ type, uri: page })),
      );
    }
  });

  it('tells of the pages in the overview', async () => {
    expect(at((await control(simulator().url, '/')).json, 'wallets')).toEqual([
      '/wallet/{tokenRequestorId}/push',
      '/wallet/{tokenRequestorId}/add',
    ]);
  });
});

describe('the redirect wallet, opened', () => {
  it('shows a row for each receipt, masked, and uses none of them up', async () => {
    const { signature, receipts } = await handed(simulator(), { cards: 2 });
    const page = await fetch(walletUrl(simulator(), 'push', { pushAccountData: signature }));
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text.match(/<select name="result">/g)).toHaveLength(2);
    for (const receipt of receipts) {
      expect(text).toContain(`MCC •••• ${receipt.slice(-4)}`);
      expect(text).not.toContain(receipt);
      expect(await redeem(receipt)).toBe(200);
    }
  });

  it('is kept by nobody, runs nothing and asks nobody else for anything', async () => {
    const { signature } = await handed(simulator(), { signatureData: { callbackURL: CALLBACK } });
    const page = await fetch(walletUrl(simulator(), 'push', { pushAccountData: signature }));
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; frame-ancestors 'none'$/,
      ),
    });
    expect(await page.text()).not.toMatch(/<script|(?:src|href)="(?!data:)/);
  });

  it('refuses a signature that another MDES made, or that was tampered with', async () => {
    const { signature } = await handed(simulator(), { signatureData: { callbackURL: CALLBACK } });
    const [header = '', payload = '', seal = ''] = signature.split('.');
    const elsewhere = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('bank.example', 'evil.example'),
    ).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const foreignKey = Buffer.from('{"alg":"RS256","kid":"1"}').toString('base64url');
    for (const bad of [
      `${header}.${elsewhere}.${seal}`,
      `${unsigned}.${payload}.`,
      `${unsigned}.${payload}.${seal}`,
      `${foreignKey}.${payload}.${seal}`,
      `${header}.${payload}.${seal.slice(0, -8)}AAAAAAAA`,
      `${signature}.`,
      `${signature}\n`,
      'no.jws.atall',
      '',
    ]) {
      const url = walletUrl(simulator(), 'push', { pushAccountData: bad });
      for (const response of [await fetch(url), await sendForm(url, [['result', 'APPROVED']])]) {
        expect(response.status).toBe(400);
        expect(await response.text()).toContain('The signature of pushAccountData is not right.');
      }
    }
  });

  it('refuses a right signature under another algorithm or key id', () => {
    const { privateKey } = rsaKeyPair('stranger');
    const verdicts = [
      { alg: 'RS256', kid: 'key-1' },
      { alg: 'RS512', kid: 'key-1' },
      { alg: 'none', kid: 'key-1' },
      { alg: 'RS256', kid: 'key-2' },
      { alg: 'RS256' },
    ].map((header) => {
      const parts = [header, { pushAccountReceipts: ['MCC-1'] }].map((part) => JSON.stringify(part));
      const input = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
      const signature = createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url');
      return verifyPushData(`${input}.${signature}`, { kid: 'key-1', privateKey })?.pushAccountReceipts;
    });
    expect(verdicts).toEqual([['MCC-1'], undefined, undefined, undefined, undefined]);
  });

  it('refuses what was signed for another wallet', async () => {
    const { signature, receipts } = await handed(simulator(), { tokenRequestorId: LARK });
    const response = await sendForm(walletUrl(simulator(), 'push', { pushAccountData: signature }), []);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('A receipt was not made for this wallet.');
    expect(await redeem(receipts[0], LARK)).toBe(200);
  });

  it('takes plain parameters only where the requestor verifies no signature', async () => {
    const pushAccountReceipts = 'MCC-1,MSI-2';
    const refused = await fetch(walletUrl(simulator(), 'push', { pushAccountReceipts }));
    expect(refused.status).toBe(400);
    const locale = 'de_DE';
    const taken = await fetch(
      walletUrl(
        simulator(),
        'push',
        { pushAccountReceipts, locale, callbackURL: 'x://y', callbackRequired: 'false' },
        TIDAL,
      ),
    );
    const text = await taken.text();
    expect(taken.status).toBe(200);
    expect(text.match(/<select name="result">/g)).toHaveLength(2);
    expect(text).toContain('x://y (up to the wallet)');
    expect(text).toContain('de_DE');
  });

  it.each([
    ['no receipt and no way back', {}],
    ['more than five receipts', { pushAccountReceipts: 'a,b,c,d,e,f' }],
    ['a receipt that is too long', { pushAccountReceipts: 'r'.repeat(65) }],
    ['code as callback URL', { pushAccountReceipts: 'a', callbackURL: 'javascript:alert(1)' }],
    ['data as callback URL', { pushAccountReceipts: 'a', callbackURL: 'DATA:text/html,x' }],
    ['a relative callback URL', { pushAccountReceipts: 'a', callbackURL: '//bank.example/back' }],
    [
      'a callback URL with a line break',
      { pushAccountReceipts: 'a', callbackURL: 'x://y\r\nset-cookie: a=b' },
    ],
    [
      'an endless callback URL',
      { pushAccountReceipts: 'a', callbackURL: `https://b.example/${'x'.repeat(300)}` },
    ],
  ])('refuses %s', async (_, parameters) => {
    const response = await fetch(walletUrl(simulator(), 'push', parameters, TIDAL));
    expect(response.status).toBe(400);
  });
});

describe('the redirect wallet, going back', () => {
  it.each([
    ['APPROVED', true],
    ['REQUIRE_ADDITIONAL_AUTHENTICATION', true],
    ['DECLINED', false],
    ['CANCELLED', false],
    ['ERROR', false],
    ['DUPLICATE_REQUEST', false],
    ['AUTHENTICATED', true],
    ['DELETED', true],
  ])('says %s, and takes the receipt only with a token', async (result, withToken) => {
    const { location, receipts } = await wayBack([result]);
    const [receipt = ''] = receipts;
    const token = withToken ? `%7C${TOKEN}` : '';
    expect(location).toMatch(
      new RegExp(
        `^https://bank\\.example/back\\?session=a%20b&x=1&results%5B${receipt}%5D=${result}${token}$`,
      ),
    );
    expect(await redeem(receipt)).toBe(withToken ? 409 : 200);
  });

  it('has a result of its own for each of five receipts', async () => {
    const results = ['APPROVED', 'DECLINED', 'CANCELLED', 'APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'];
    const { location, receipts } = await wayBack(results);
    const { searchParams } = new URL(location);
    const told = receipts.map((receipt) => searchParams.get(`results[${receipt}]`)?.split('|'));
    expect(told.map((parts) => parts?.[0])).toEqual(results);
    const tokens = told.flatMap((parts) => parts?.[1] ?? []);
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(token).toMatch(/^.{48}$/);
  });

  it('leaves brackets and pipe as they are when the tester wants it', async () => {
    const { location, receipts } = await wayBack(['APPROVED'], { raw: true });
    expect(location).toMatch(new RegExp(`&results\\[${receipts[0]}\\]=APPROVED\\|${TOKEN}$`));
  });

  it.each([
    ['https://bank.example/back', 'https://bank.example/back?results'],
    ['https://bank.example/back?', 'https://bank.example/back?results'],
    ['https://bank.example/back?a=1&', 'https://bank.example/back?a=1&results'],
    ['https://bank.example/back?a=1#there', 'https://bank.example/back?a=1&results'],
    ['moonbank://push/back', 'moonbank://push/back?results'],
  ])('joins its results to %s', async (callbackURL, start) => {
    const { location } = await wayBack(['DECLINED'], { callbackURL });
    expect(location.startsWith(start)).toBe(true);
    expect(location.endsWith('=DECLINED#there')).toBe(callbackURL.endsWith('#there'));
  });

  it('is honest about receipts that are used, expired, foreign or unknown', async () => {
    const [used, foreign] = await Promise.all([
      handed(simulator(), { tokenRequestorId: TIDAL, cards: 1 }),
      handed(simulator(), { tokenRequestorId: LARK }),
    ]);
    const [usedReceipt = '', foreignReceipt = ''] = [...used.receipts, ...foreign.receipts];
    expect(await redeem(usedReceipt, TIDAL)).toBe(200);
    const expired = (await handed(simulator(), { tokenRequestorId: TIDAL })).receipts[0] ?? '';
    await later(15 * 60_000);
    const fresh = (await handed(simulator(), { tokenRequestorId: TIDAL })).receipts[0] ?? '';
    const pushAccountReceipts = [usedReceipt, expired, foreignReceipt, 'MCC-STL-UNKNOWN', fresh].join();
    const url = walletUrl(simulator(), 'push', { pushAccountReceipts, callbackURL: CALLBACK }, TIDAL);
    const { searchParams } = new URL((await sendForm(url, [])).headers.get('location') ?? '');
    expect(pushAccountReceipts.split(',').map((receipt) => searchParams.get(`results[${receipt}]`))).toEqual([
      'DUPLICATE_REQUEST',
      'ERROR',
      'ERROR',
      'ERROR',
      expect.stringMatching(/^APPROVED\|/),
    ]);
  });

  it('says DUPLICATE_REQUEST when the same link is used again', async () => {
    const { signature, receipts } = await handed(simulator(), { signatureData: { callbackURL: CALLBACK } });
    const url = walletUrl(simulator(), 'push', { pushAccountData: signature });
    await sendForm(url, []);
    const again = (await sendForm(url, [])).headers.get('location') ?? '';
    expect(again.endsWith(`&results%5B${receipts[0]}%5D=DUPLICATE_REQUEST`)).toBe(true);
  });

  it('takes the first receipt and ignores the rest where it takes one card only', async () => {
    // The simulator pushes no two cards there, so the receipts come from nowhere, in plain parameters.
    const parameters = { pushAccountReceipts: 'MCC-1,MCC-2', callbackURL: 'x://back' };
    const url = walletUrl(simulator(), 'push', parameters, ORCHARD);
    expect((await sendForm(url, [])).headers.get('location')).toBe('x://back?results%5BMCC-1%5D=ERROR');
    const { signature } = await handed(simulator(), { tokenRequestorId: COPPER_FOX });
    const signedUrl = walletUrl(simulator(), 'push', { pushAccountData: signature }, COPPER_FOX);
    expect(await (await sendForm(signedUrl, [])).text()).toContain('Your card is in the wallet');
  });

  it('goes back without results when no receipt came along', async () => {
    const url = walletUrl(simulator(), 'push', { callbackURL: CALLBACK }, TIDAL);
    expect((await sendForm(url, [])).headers.get('location')).toBe(CALLBACK);
  });

  it('says that the card is in the wallet where there is no way back', async () => {
    const { signature, receipts } = await handed(simulator());
    const url = walletUrl(simulator(), 'push', { pushAccountData: signature });
    const response = await sendForm(url, [['result', 'APPROVED']]);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Your card is in the wallet');
    expect(await redeem(receipts[0])).toBe(409);
    expect(await (await sendForm(url, [])).text()).toContain('Not everything was added');
  });

  it('uses no receipt up when one of the results is unknown', async () => {
    const { signature, receipts } = await handed(simulator(), { cards: 2 });
    const url = walletUrl(simulator(), 'push', { pushAccountData: signature });
    const response = await sendForm(url, [
      ['result', 'APPROVED'],
      ['result', 'MAYBE'],
    ]);
    expect(response.status).toBe(400);
    expect(await redeem(receipts[0])).toBe(200);
  });
});

describe('the proprietary wallet', () => {
  const add = (data: string, id = LARK): URL => walletUrl(simulator(), 'add', { data }, id);
  async function digitized(id = LARK): Promise<{ readonly data: string; readonly receipt: string }> {
    const given = await handed(simulator(), { tokenRequestorId: id, digitization: true });
    return { data: given.digitizationData[0] ?? '', receipt: given.receipts[0] ?? '' };
  }
  async function outcome(response: Response): Promise<string> {
    const [, result = 'none'] = /<b id="result">(\w+)<\/b>/.exec(await response.text()) ?? [];
    return `${response.status} ${result}`;
  }

  it.each([
    ['added', 'APPROVED', 409],
    ['needs-activation', 'REQUIRE_ADDITIONAL_AUTHENTICATION', 409],
    ['declined', 'DECLINED', 200],
    ['cancelled', 'CANCELLED', 200],
  ])('decides %s, and says what the issuer’s app should report', async (decision, result, afterwards) => {
    const { data, receipt } = await digitized();
    expect(await outcome(await sendForm(add(data), [['decision', decision]]))).toBe(`200 ${result}`);
    expect(await redeem(receipt, LARK)).toBe(afterwards);
  });

  it('uses nothing up by being opened', async () => {
    const { data, receipt } = await digitized(KEYSTONE);
    const page = await fetch(add(data, KEYSTONE));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain(`MCC •••• ${receipt.slice(-4)}`);
    expect(await redeem(receipt, KEYSTONE)).toBe(200);
  });

  it('takes base64 and base64url, padded or not', async () => {
    const { receipt } = await digitized();
    // A blank more or less at the end makes every length of padding.
    for (const blanks of ['', ' ', '  ']) {
      const clear =
        JSON.stringify({ note: '??>>~~', fundingAccountInfo: { pushAccountReceipt: receipt } }) + blanks;
      const base64 = Buffer.from(clear).toString('base64');
      for (const data of [base64, base64.replace(/=+$/, ''), Buffer.from(clear).toString('base64url')]) {
        expect((await fetch(add(data))).status).toBe(200);
      }
    }
  });

  it('says why not, opened and decided: used, expired, foreign, unknown', async () => {
    const [used, foreign] = [await digitized(), await digitized(KEYSTONE)];
    await sendForm(add(used.data), []);
    for (const [data, expected] of [
      [used.data, '409 DUPLICATE_REQUEST'],
      [foreign.data, '403 ERROR'],
      [digitizationDataOf('MCC-STL-UNKNOWN'), '404 ERROR'],
    ] as const) {
      expect(await outcome(await fetch(add(data)))).toBe(expected);
      expect(await outcome(await sendForm(add(data), [['decision', 'added']]))).toBe(expected);
    }
    const old = await digitized();
    await later(15 * 60_000);
    expect(await outcome(await fetch(add(old.data)))).toBe('410 ERROR');
  });

  it.each([
    ['nothing', ''],
    ['a receipt instead of data', 'MCC-STL-0000'],
    ['foreign characters', '{"fundingAccountInfo":{}}'],
    ['JSON of another form', digitizationDataOf(7)],
    ['an empty receipt', digitizationDataOf('')],
    ['an endless receipt', digitizationDataOf('r'.repeat(65))],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    [
      'a plus sign that was not encoded',
      `${digitizationDataOf('r').slice(0, 8)} ${digitizationDataOf('r').slice(9)}`,
    ],
  ])('calls %s malformed', async (_, data) => {
    expect(await outcome(await fetch(add(data)))).toBe('400 ERROR');
  });

  it('takes no decision that it does not know', async () => {
    const { data, receipt } = await digitized();
    expect((await sendForm(add(data), [['decision', 'sold']])).status).toBe(400);
    expect(await redeem(receipt, LARK)).toBe(200);
  });
});

describe('every page', () => {
  const ATTACK = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}&lt;`;

  it.each([
    'pushAccountData',
    'pushAccountReceipts',
    'callbackURL',
    'callbackRequired',
    'locale',
    'data',
    'other',
  ])('shows markup in %s as mere text', async (name) => {
    const good = { pushAccountReceipts: 'MCC-1', data: digitizationDataOf(ATTACK.slice(0, 60)) };
    for (const id of [TIDAL, LARK]) {
      for (const page of ['push', 'add'] as const) {
        const url = walletUrl(simulator(), page, { ...good, [name]: ATTACK }, id);
        for (const response of [await fetch(url), await sendForm(url, [])]) {
          const text = await response.text();
          expect(text).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>/i);
        }
      }
    }
  });

  it('shows an attack in a callback URL and in a receipt’s end, escaped', async () => {
    const parameters = {
      pushAccountReceipts: 'MCC-<b>"',
      callbackURL: `x://y?"><script>alert('1')</script>`,
      locale: '<i>&amp;',
    };
    const text = await (await fetch(walletUrl(simulator(), 'push', parameters, TIDAL))).text();
    expect(text).toContain('•••• &lt;b&gt;&quot;');
    expect(text).toContain('x://y?&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;');
    expect(text).toContain('<dd>&lt;i&gt;&amp;amp;</dd>');
  });

  it('encodes a receipt in the way back, so that it cannot say more than its own result', async () => {
    const parameters = { pushAccountReceipts: 'a]=APPROVED&results[b', callbackURL: 'x://y' };
    const url = walletUrl(simulator(), 'push', parameters, TIDAL);
    for (const fields of [[], [['encoding', 'raw'] as const]]) {
      const location = (await sendForm(url, fields)).headers.get('location') ?? '';
      expect([...new URL(location).searchParams.keys()]).toHaveLength(1);
    }
  });

  it('exists for the requestors of the catalogue only', async () => {
    for (const path of ['50130000099/push', `${SWALLOW}/pull`, SWALLOW, '', '..%2F', '<script>/push']) {
      const response = await fetch(`${simulator().url}/wallet/${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain("form-action 'none'");
      expect(await response.text()).not.toContain('<script');
    }
  });

  it('is opened and sent, and nothing else', async () => {
    const response = await fetch(walletUrl(simulator(), 'add', {}), { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it('takes no endless form', async () => {
    const response = await sendForm(walletUrl(simulator(), 'add', {}), [['decision', 'x'.repeat(20_000)]]);
    expect(response.status).toBe(413);
  });
});
