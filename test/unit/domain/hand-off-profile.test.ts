import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HandOffProfile, parseHandOffProfiles } from '../../../src/domain/hand-off-profile.js';
import { Secret } from '../../../src/domain/secret.js';
import { isRecommended, proprietaryHandOffs } from '../../../src/push/hand-off.js';
import type { AccountResult } from '../../../src/push/push.js';
import { accountsOf, pushOf, REFUSED } from '../../support/push/pushes.js';

const ID = '50130000001';
/** Its base64 holds plus, slash and equals signs. */
const CLEAR = '{"fundingAccountInfo":{"pushAccountReceipt":"MCC-STL-1","note":"ÿ?>~~ü&=#%+ 🂡"}}';
const DATA = Buffer.from(CLEAR).toString('base64');

function profilesOf(platforms: unknown) {
  return parseHandOffProfiles(JSON.stringify({ [ID]: platforms }));
}

function urlsOf(platforms: unknown, data: string | null = DATA): string[] {
  const handOffs = proprietaryHandOffs(profilesOf(platforms), ID, accountsOf({ result: pushed(data) }));
  return handOffs.map(({ url }) => url.reveal());
}

function pushed(data: string | null): AccountResult {
  const digitizationData = data === null ? null : new Secret(data);
  return { kind: 'PUSHED', receiptHash: '', secrets: { receipt: new Secret('MCC-1'), digitizationData } };
}

describe('a hand-off profile', () => {
  it.each([
    ['https://wallet.example/add'],
    ['https://wallet.example'],
    ['https://wallet.example:8443/add?source=bank'],
    ['wallet://add'],
    ['com.example.wallet://add/card?v=2'],
    ['http://127.0.0.1:5000/add'],
    ['http://localhost/add'],
    ['http://[::1]:5000/add'],
  ])('may have the link %s', (link) => {
    expect(profilesOf({ IOS: { link, parameter: 'data' } }).get(ID)).toEqual({
      IOS: { link, parameter: 'data', encoding: 'BASE64' },
    });
  });

  it.each([
    ['javascript://alert(1)'],
    ['JavaScript://x/%0aalert(1)'],
    ['data://text/html'],
    ['file:///etc/passwd'],
    ['intent://add#Intent;end'],
    ['content://x'],
    ['view-source://https'],
    ['http://wallet.example/add'],
    ['http://localhost.evil.example/add'],
    ['http://127.0.0.1.evil.example/add'],
    ['http://localhost@evil.example/add'],
    ['https://user:word@wallet.example/add'],
    ['https://wallet.example@evil.example/add'],
    ['https://'],
    ['https://?data='],
    ['https://wallet .example/add'],
    ['https://wallet.example/a b'],
    ['https://wallet.example/\u0000'],
    ['https://wallet.example/ü'],
    ['//wallet.example/add'],
    ['/add'],
    [''],
    [`https://wallet.example/${'x'.repeat(512)}`],
  ])('may not have the link %j, and the operator reads where it stands', (link) => {
    expect(() => profilesOf({ IOS: { link, parameter: 'data' } })).toThrow(
      new RegExp(`^${ID}\\.IOS\\.link: (must be|Too big)`),
    );
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['a list', '[]', 'it: '],
    ['a number', '1', 'it: '],
    ['null', 'null', 'it: '],
    ['an id of letters', '{"lark":{}}', 'lark: must be a token requestor id of 11 digits'],
    ['a platform of ours alone', `{"${ID}":{"ios":{"sdk":"Lark"}}}`, `${ID}: `],
    ['a text for a profile', `{"${ID}":{"IOS":"wallet://add"}}`, `${ID}.IOS`],
    ['an empty profile', `{"${ID}":{"IOS":{}}}`, `${ID}.IOS`],
    ['an SDK without a name', `{"${ID}":{"IOS":{"sdk":""}}}`, `${ID}.IOS.sdk: `],
    ['link and SDK', `{"${ID}":{"IOS":{"sdk":"Lark","link":"wallet://add","parameter":"d"}}}`, `${ID}.IOS: `],
    ['no parameter', `{"${ID}":{"IOS":{"link":"wallet://add"}}}`, `${ID}.IOS`],
    [
      'a parameter that is two',
      `{"${ID}":{"IOS":{"link":"wallet://add","parameter":"a=1&b"}}}`,
      `${ID}.IOS.parameter: must be the name of a query parameter`,
    ],
    [
      'an encoding of nobody',
      `{"${ID}":{"IOS":{"link":"wallet://add","parameter":"d","encoding":"BASE32"}}}`,
      `${ID}.IOS.encoding: `,
    ],
    [
      'a member too many',
      `{"${ID}":{"IOS":{"link":"wallet://add","parameter":"d","method":"POST"}}}`,
      `${ID}.IOS: `,
    ],
  ])('is refused as %s, with the place', (_what, text, start) => {
    let message = '';
    try {
      parseHandOffProfiles(text);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message.startsWith(start) ? start : message).toBe(start);
    expect(message).not.toMatch(/: (undefined|Invalid input)$/);
  });

  it('makes no link where there is no data, no profile for the platform, or an SDK', () => {
    expect(urlsOf({ IOS: { sdk: 'Lark' } })).toEqual([]);
    expect(urlsOf({})).toEqual([]);
    expect(urlsOf({ IOS: { link: 'wallet://add', parameter: 'd' } }, null)).toEqual([]);
    expect(proprietaryHandOffs(new Map(), ID, [])).toEqual([]);
  });

  it.each([
    ['BASE64', (value: string) => Buffer.from(value, 'base64').toString('utf8')],
    ['BASE64URL', (value: string) => Buffer.from(value, 'base64url').toString('utf8')],
    ['HEX', (value: string) => Buffer.from(value, 'hex').toString('utf8')],
    ['JSON', (value: string) => value],
  ] as const)(
    'with the encoding %s carries the data so that the wallet reads it again',
    (encoding, decode) => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.constant(CLEAR),
            fc.string({ unit: 'grapheme', minLength: 1 }).map((note) => JSON.stringify({ note })),
          ),
          fc.constantFrom(
            'wallet://add',
            'wallet://add?',
            'https://w.example/?a=1',
            'https://w.example/#top',
          ),
          (clear, link) => {
            const [url = ''] = urlsOf(
              { ANDROID: { link, parameter: 'data', encoding } },
              Buffer.from(clear).toString('base64'),
            );
            expect(url).toMatch(/^[\x21-\x7e]+$/);
            const { searchParams, hash } = new URL(url);
            expect(searchParams.getAll('data').map(decode)).toEqual([clear]);
            expect(searchParams.get('a')).toBe(link.includes('a=1') ? '1' : null);
            expect(hash).toBe(link.includes('#') ? '#top' : '');
          },
        ),
      );
    },
  );

  it('percent-encodes once, also what base64 may hold', () => {
    expect(DATA).toMatch(/\+.*=|\/.*=/);
    const [url = ''] = urlsOf({ IOS: { link: 'wallet://add', parameter: 'data' } });
    expect(url).toBe(`wallet://add?data=${encodeURIComponent(DATA)}`);
    expect(url).not.toMatch(/%25/);
  });

  it('gives every account its own link, in the order of the accounts', () => {
    const link = { link: 'wallet://add', parameter: 'd' } satisfies Partial<HandOffProfile>;
    const profiles = profilesOf({ WEB: link, IOS: link, ANDROID: { sdk: 'Lark' } });
    const results = [pushed('AA=='), REFUSED, pushed('AQ==')];
    const accounts = accountsOf(...results.map((result) => ({ result })));
    const handOffs = proprietaryHandOffs(profiles, ID, accounts);
    expect(handOffs.map(({ platform, fundingAccountId }) => [platform, fundingAccountId])).toEqual([
      ['IOS', 'card-1'],
      ['WEB', 'card-1'],
      ['IOS', 'card-3'],
      ['WEB', 'card-3'],
    ]);
    expect(JSON.stringify(handOffs)).not.toMatch(/AA|AQ|wallet/);
  });
});

describe('the recommended hand-off', () => {
  const ALL = [{ platform: 'ANDROID' }, { platform: 'IOS' }, { platform: 'WEB' }] as const;
  it.each([
    ['IOS', ALL, 'IOS'],
    ['ANDROID', ALL, 'ANDROID'],
    ['WEB', ALL, 'WEB'],
    ['IOS', [ALL[0], ALL[2]], 'WEB'],
    ['WEB', [ALL[0], ALL[1]], undefined],
    ['IOS', [ALL[0]], undefined],
    [null, ALL, undefined],
  ] as const)('for %s among %j is %s', (platform, handOffs, expected) => {
    const push = pushOf({
      platform,
      handOffs: handOffs.map((one) => ({ ...one, url: new Secret(''), fundingAccountId: null })),
    });
    const recommended = push.handOffs.filter((one) => isRecommended(one, push, new Map()));
    expect(recommended.map((one) => one.platform)).toEqual(expected === undefined ? [] : [expected]);
  });
});
