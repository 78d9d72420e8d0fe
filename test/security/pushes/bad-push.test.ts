/** Every push that breaks a rule: refused in a typed way, with words that say what to do, and never sent to MDES. */
import { describe, expect, it } from '@jest/globals';
import {
  CACTUS,
  COPPER_FOX,
  KEYSTONE,
  MARBLE,
  NIMBUS,
  NO_REQUESTOR,
  PEBBLE,
  TIDAL,
} from '../../support/requestors.js';
import { badPushes, type Input, PAN } from './bad-pushes.js';

const REFUSED: readonly (readonly [string, string, Input, ('susan' | 'amir')?])[] = [
  ['FUNDING_ACCOUNT_NOT_FOUND', 'an unknown account', { fundingAccountIds: ['card-99'] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', "somebody else's account", { fundingAccountIds: ['card-11'] }],
  [
    'FUNDING_ACCOUNT_NOT_FOUND',
    "somebody else's among one's own",
    { fundingAccountIds: ['card-1', 'card-11'] },
  ],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a card number for a reference', { fundingAccountIds: [PAN] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference in another case', { fundingAccountIds: ['CARD-1'] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a blank', { fundingAccountIds: ['card-1 '] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a NUL', { fundingAccountIds: ['card-1\u0000'] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a path', { fundingAccountIds: ['../susan/card-1'] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'the prototype', { fundingAccountIds: ['__proto__'] }],
  ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference of 40 kB', { fundingAccountIds: ['c'.repeat(40_000)] }],
  [
    'FUNDING_ACCOUNT_NOT_FOUND',
    'an unknown account at an unknown requestor',
    { fundingAccountIds: ['card-99'], tokenRequestorId: '1' },
  ],
  ['FUNDING_ACCOUNT_NOT_ACTIVE', 'a suspended card', { fundingAccountIds: ['card-17'] }, 'amir'],
  ['FUNDING_ACCOUNT_NOT_ACTIVE', 'a closed card', { fundingAccountIds: ['card-18'] }, 'amir'],
  [
    'FUNDING_ACCOUNT_NOT_ACTIVE',
    'a closed card beside a good one',
    { fundingAccountIds: ['card-11', 'card-18'] },
    'amir',
  ],
  ['FUNDING_ACCOUNT_EXPIRED', 'an expired card', { fundingAccountIds: ['card-19'] }, 'amir'],
  ['TOKEN_REQUESTOR_NOT_FOUND', 'an unknown requestor', { tokenRequestorId: NO_REQUESTOR }],
  ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of letters', { tokenRequestorId: 'lark-wallet' }],
  ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of nothing', { tokenRequestorId: '' }],
  ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of 40 kB', { tokenRequestorId: '5'.repeat(40_000) }],
  ['TOKEN_REQUESTOR_NOT_FOUND', 'a card number for a requestor', { tokenRequestorId: PAN }],
  ['ACCOUNT_RANGE_NOT_ENABLED', "a requestor of another issuer's cards", { tokenRequestorId: CACTUS }],
  [
    'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
    'two cards where one is taken',
    { tokenRequestorId: COPPER_FOX, fundingAccountIds: ['card-1', 'card-2'] },
  ],
  [
    'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
    'two cards where the holder is authenticated',
    { tokenRequestorId: MARBLE, fundingAccountIds: ['card-1', 'card-2'] },
  ],
  [
    'TOO_MANY_ACCOUNTS',
    'six accounts',
    { fundingAccountIds: ['card-1', 'card-2', 'card-3', 'account-1', 'a', 'b'] },
  ],
  [
    'TOO_MANY_ACCOUNTS',
    'a hundred accounts',
    { fundingAccountIds: Array.from({ length: 100 }, (_, n) => `c${n}`) },
  ],
  [
    'DIGITIZATION_DATA_NOT_SUPPORTED',
    'digitization data',
    { tokenRequestorId: NIMBUS, requestIssuerInitiatedDigitizationData: true },
  ],
  [
    'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
    'a holder item where none is taken',
    { tokenRequestorId: TIDAL, accountHolderData: ['NAME'] },
  ],
  [
    'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
    'one holder item too many',
    { tokenRequestorId: PEBBLE, accountHolderData: ['NAME', 'EMAIL_ADDRESS', 'ADDRESS'] },
  ],
  [
    'ACCOUNT_HOLDER_DATA_MISSING',
    'a holder item that the bank has not',
    { fundingAccountIds: ['card-20'], accountHolderData: ['EMAIL_ADDRESS'] },
    'amir',
  ],
  [
    'PLATFORM_NOT_SUPPORTED',
    'the web where there are only apps',
    { tokenRequestorId: TIDAL, platform: 'WEB' },
  ],
  ['PLATFORM_NOT_SUPPORTED', 'a URL where there is no push method', { tokenRequestorId: KEYSTONE }],
  ...[
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'intent://x#Intent;scheme=moonbank;end',
    'https://evil.example/cards/',
    'https://www.bank.example.evil.example/cards/',
    'https://www.bank.example@evil.example/cards/',
    'https://evil.example/https://www.bank.example/cards/',
    'https://user@www.bank.example/cards/x',
    'https://user:secret@www.bank.example/cards/x',
    'http://www.bank.example/cards/x',
    'https://www.bank.example:8443/cards/x',
    'https://www.bank.example/other',
    'https://www.bank.example/cards',
    'https://www.bank.example/cards/../other',
    'https://www.bank.example/cards/%2e%2e/other',
    'https://www.bank.example/cards/..%2fother',
    'https://www.bank.example/cards/%5c..%5cother',
    'https://www.bank.example\\@evil.example/cards/',
    'https://www.bank.example/cards/\\..\\other',
    'https://www.bank.example/cards/x#fragment',
    'https://www.bank.example/cards/x\r\nLocation: https://evil.example',
    'https://www.bank.example/cards/\u0000',
    'https://www.bаnk.example/cards/',
    'https://www.bank.example./cards/',
    'http://127.0.0.1:3001/',
    'http://localhost:3000/',
    'http://2130706433:3001/',
    '//www.bank.example/cards/',
    '/cards/',
    'www.bank.example/cards/',
    ' https://www.bank.example/cards/',
    '',
    'x',
    `https://www.bank.example/cards/${'x'.repeat(257 - 31)}`,
    `https://www.bank.example/cards/${'x'.repeat(30_000)}`,
    'otherbank://back',
    'moonbankx://back',
  ].map(
    (callbackUrl) =>
      [
        'CALLBACK_URL_NOT_ALLOWED',
        `the callback ${JSON.stringify(callbackUrl).slice(0, 60)}`,
        { callbackUrl },
      ] as const,
  ),
];

describe('a push that cannot be', () => {
  const { gateway, push, sends, expectRefused } = badPushes();

  it.each(REFUSED)('is refused with %s: %s', async (code, _name, input, accountHolder = 'susan') => {
    const answer = await push(input, accountHolder);
    await expectRefused(answer, code);
    expect(answer.text.length).toBeLessThan(1000);
  });

  it("says the same of an unknown account as of somebody else's, byte for byte but for its id", async () => {
    const text = async (id: string) => (await push({ fundingAccountIds: [id] })).text.replaceAll(id, 'ID');
    expect(await text('card-11')).toBe(await text('card-99'));
    expect(await text('account-11')).toBe(await text('card-99'));
  });

  it.each([
    PAN,
    '5204 7400 0000 0012',
    '5204/7400/0000/0012',
    '5204_7400_0000_0012',
    '５２０４７４００００００００１２',
    '٥٢٠٤٧٤٠٠٠٠٠٠٠٠١٢',
    '5204\u00a07400\u00a00000\u00a00012',
    '5204·7400·0000·0012',
    '5204,7400,0000,0012',
    'c5204740000000012',
    'x'.repeat(65),
  ])('does not repeat what may be a card number: %s', async (id) => {
    const answer = await push({ fundingAccountIds: [id] });
    await expectRefused(answer, 'FUNDING_ACCOUNT_NOT_FOUND');
    expect(answer.data.pushCard.fundingAccountIds).toEqual([]);
    expect(answer.text).not.toContain(id);
  });

  it('is refused for every option that a requestor does not take, one by one', async () => {
    const { data } =
      await gateway().graphql(`{ fundingAccounts { id tokenRequestors { id } } tokenRequestors {
      id supportedPushMethods supportsMultiplePushedCards supportedAccountHolderData
      supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData } }`);
    const takes = (id: string, account: { tokenRequestors: { id: string }[] }) =>
      account.tokenRequestors.some((one) => one.id === id);
    let tried = 0;
    for (const requestor of data.tokenRequestors) {
      const accounts: string[] = data.fundingAccounts
        .filter((one: { tokenRequestors: { id: string }[] }) => takes(requestor.id, one))
        .map(({ id }: { id: string }) => id);
      const [first = ''] = accounts;
      const methods: string[] = requestor.supportedPushMethods;
      const items = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'].filter(
        (item) => !requestor.supportedAccountHolderData.includes(item),
      );
      const cases: [string, Input][] = items.map((item) => [
        'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
        { accountHolderData: [item] },
      ]);
      if (!requestor.supportsIssuerInitiatedDigitizationData)
        cases.push(['DIGITIZATION_DATA_NOT_SUPPORTED', { requestIssuerInitiatedDigitizationData: true }]);
      if (
        accounts.length > 1 &&
        (!requestor.supportsMultiplePushedCards || requestor.supportsCardHolderAuthentication)
      )
        cases.push(['MULTIPLE_ACCOUNTS_NOT_SUPPORTED', { fundingAccountIds: accounts.slice(0, 2) }]);
      if (methods.length === 0) cases.push(['PLATFORM_NOT_SUPPORTED', {}]);
      if (methods.length > 0 && !methods.includes('WEB')) {
        for (const platform of ['ANDROID', 'IOS', 'WEB'].filter((one) => !methods.includes(one)))
          cases.push(['PLATFORM_NOT_SUPPORTED', { platform }]);
      }
      for (const [code, input] of cases) {
        const answer = await push({ tokenRequestorId: requestor.id, fundingAccountIds: [first], ...input });
        expect([requestor.id, input, answer.data.pushCard.code]).toEqual([requestor.id, input, code]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(50);
    expect(await sends()).toBe(0);
  });

  it.each([
    'https://www.bank.example/cards/',
    'https://www.bank.example/cards/back?session=1&x=%26',
    'HTTPS://WWW.BANK.EXAMPLE/cards/back',
    'moonbank://back',
    'http://127.0.0.1:3000/back',
    `https://www.bank.example/cards/${'x'.repeat(256 - 31)}`,
  ])('is not this one: the callback %s goes out', async (callbackUrl) => {
    expect((await push({ callbackUrl })).data.pushCard.status).toBe('READY');
    expect(await sends()).toBe(1);
  });
});
