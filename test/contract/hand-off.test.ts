/** The URLs that take the account holder to the requestor: signed and plain, on every kind of URI. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HandOffContent, handOffs } from '../../src/mdes/hand-off/hand-off.js';
import { Omissions } from '../../src/mdes/wire/known-values.js';
import { runs } from '../support/models.js';

const NOTHING = { callbackUrl: null, accountHolderDataSupplied: false, locale: null };
const SIGNED: HandOffContent = { receipts: ['MCC-1'], signature: 'aaa.bbb.ccc' };
const PLAIN: HandOffContent = { receipts: ['MCC-1', 'DMC-2'], signature: null };

function build(methods: unknown[], content = SIGNED, request: Parameters<typeof handOffs>[2] = NOTHING) {
  const omissions = new Omissions();
  const urls = handOffs(methods, content, request, omissions).map(({ platform, url }) => [
    platform,
    url.reveal(),
  ]);
  return { urls, notes: omissions.notes };
}

const web = (uri: string) => [{ type: 'WEB', uri }];

describe('a hand-off', () => {
  it.each([
    ['https://w.example/push', 'https://w.example/push?D'],
    ['https://w.example', 'https://w.example?D'],
    ['https://w.example/push?', 'https://w.example/push?D'],
    ['https://w.example/push?a=b', 'https://w.example/push?a=b&D'],
    ['https://w.example/push?a=b&', 'https://w.example/push?a=b&D'],
    ['https://w.example/push#top', 'https://w.example/push?D#top'],
    ['https://w.example/push?a=b#top?x', 'https://w.example/push?a=b&D#top?x'],
    ['https://w.example/app#/route?x=1', 'https://w.example/app?D#/route?x=1'],
    ['wallet1://com.wallet1.pushtoken', 'wallet1://com.wallet1.pushtoken?D'],
    ['Wallet-1.app://Push.Token?v=2', 'Wallet-1.app://Push.Token?v=2&D'],
  ])('on %s is %s', (uri, expected) => {
    expect(build(web(uri)).urls).toEqual([['WEB', expected.replace('D', 'pushAccountData=aaa.bbb.ccc')]]);
  });

  it('in plain form names the receipts and what differs from the default', () => {
    const request = {
      callbackUrl: 'moonbank://pushcallback?session=1&x=ä',
      accountHolderDataSupplied: true,
      locale: 'en_US',
    };
    expect(build(web('https://w.example/p'), PLAIN, request).urls).toEqual([
      [
        'WEB',
        'https://w.example/p?pushAccountReceipts=MCC-1,DMC-2' +
          '&callbackURL=moonbank%3A%2F%2Fpushcallback%3Fsession%3D1%26x%3D%C3%A4' +
          '&accountHolderDataSupplied=true&locale=en_US',
      ],
    ]);
    expect(build(web('https://w.example/p'), PLAIN).urls).toEqual([
      ['WEB', 'https://w.example/p?pushAccountReceipts=MCC-1,DMC-2'],
    ]);
  });

  it('exists once per platform that we know', () => {
    const { urls, notes } = build([
      { type: 'IOS', uri: 'https://w.example/ios' },
      { type: 'HARMONY', uri: 'https://w.example/harmony' },
      { type: 'WEB', uri: 'https://w.example/web' },
      { type: 'IOS', uri: 'https://w.example/other' },
      'nonsense',
    ]);
    expect(urls).toEqual([
      ['IOS', 'https://w.example/ios?pushAccountData=aaa.bbb.ccc'],
      ['WEB', 'https://w.example/web?pushAccountData=aaa.bbb.ccc'],
    ]);
    expect(notes).toEqual([
      'unknown push method HARMONY',
      'a second push method IOS',
      'availablePushMethods.4',
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    '//w.example/no-scheme',
    'w.example/push',
    ' https://w.example/',
    'https://w.example/\nx',
    'https://w.example/a b',
    '',
  ])('is not built on %j', (uri) => {
    const { urls, notes } = build(web(uri));
    expect(urls).toEqual([]);
    expect(notes).toEqual(['uri of push method WEB']);
  });

  it('in plain form gives back every receipt and callback to whoever reads its query', () => {
    const receipts = fc.array(fc.string({ minLength: 1, maxLength: 64, unit: 'binary-ascii' }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(receipts, fc.webUrl({ withQueryParameters: true }), (list, callbackUrl) => {
        const request = { ...NOTHING, callbackUrl };
        const { urls } = build(
          web('https://w.example/p?a=b#c'),
          { receipts: list, signature: null },
          request,
        );
        const url = new URL(urls[0]?.[1] ?? '');
        const raw = /[?&]pushAccountReceipts=([^&#]*)/.exec(url.href)?.[1] ?? '';
        expect(raw.split(',').map(decodeURIComponent)).toEqual(list);
        expect(url.searchParams.get('callbackURL')).toBe(callbackUrl);
        expect(url.searchParams.get('a')).toBe('b');
        expect(url.hash).toBe('#c');
      }),
      { numRuns: runs(200) },
    );
  });
});
