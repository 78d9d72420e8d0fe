/** The redirect wallet: what its page takes and refuses, and what it sends back. */
import { createSign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifyPushData } from '../../../src/simulator/wallets/verify-push-data.js';
import { rsaKeyPair } from '../../support/keys.js';
import { COPPER_FOX, LARK, ORCHARD, TIDAL } from '../../support/requestors.js';
import { handed, sendForm, walletUrl } from '../../support/simulator/simulator-wallets.js';
import { CALLBACK, TOKEN, walletsForTests } from './wallet-visits.js';

const { simulator, redeem, later, wayBack } = walletsForTests();

describe('the redirect wallet, opened', () => {
  it('shows a row for each receipt, masked, and uses none of them up', async () => {
    const { signature, receipts } = await handed(simulator(), { cards: 2 });
    const page = await fetch(walletUrl(simulator(), 'push', { pushAccountData: signature }));
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text.match(/<select name="result">/g)).toHaveLength(2);
    for (const receipt of receipts) {
      expect(text).toContain('<b>Credit card</b> <span>•••• 0012</span>');
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
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; frame-ancestors http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*$/,
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
