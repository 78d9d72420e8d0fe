/** What an app does next: for every status, with one card and with several, by URL, link and SDK. */
import { describe, expect, it } from '@jest/globals';
import { parseHandOffProfiles } from '../../../src/domain/hand-off-profile.js';
import { Secret } from '../../../src/domain/secret.js';
import { asHandedOut } from '../../../src/push/hand-off.js';
import { nextStepOf } from '../../../src/push/next-step.js';
import { type AccountResult, type Push, type PushHandOff, withoutSecrets } from '../../../src/push/push.js';
import { readLocale } from '../../../src/push/locale.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import type { WalletOutcome } from '../../../src/push/wallet-outcome.js';
import { UNDER_WAY_MS } from '../../../src/resilience/time-limits.js';
import { accountsOf, CREATED_AT, pushOf, REFUSED, reported, VALID_FOR_MS } from '../../support/push/pushes.js';

const WITH_DATA: AccountResult = {
  kind: 'PUSHED',
  receiptHash: '',
  secrets: { receipt: new Secret('MCC-1'), digitizationData: new Secret('eyJ') },
};
const BY_SDK = parseHandOffProfiles('{"50130000001":{"IOS":{"sdk":"Lark"},"WEB":{"sdk":"lark.js"}}}');
const handOff = (platform: PushHandOff['platform'], fundingAccountId: string | null = null): PushHandOff => ({
  platform,
  url: new Secret(`https://wallet.example/${platform}/${fundingAccountId}`),
  fundingAccountId,
});
const URLS = [handOff('ANDROID'), handOff('WEB')];
const handedOff = { platform: 'IOS', at: CREATED_AT } as const;
const stepOf = (changes: Partial<Push>) => nextStepOf(asHandedOut(pushOf(changes)), new Map());

describe('the next step', () => {
  it('is to wait while it is being sent or at the wallet, and to look there when nobody knows', () => {
    const waiting = { phase: { kind: 'SENT' }, accounts: accountsOf({ result: null }) } as const;
    expect(stepOf(waiting)).toEqual({ kind: 'WAIT', seconds: 1 });
    const look = { kind: 'DONE', followUp: 'CHECK_WALLET' };
    expect(stepOf({ ...waiting, readAt: CREATED_AT + UNDER_WAY_MS })).toEqual(look);
    expect(stepOf({ phase: { kind: 'UNKNOWN' } })).toEqual(look);
    expect(stepOf({ handOffs: URLS, handedOff })).toEqual({ kind: 'WAIT', seconds: 5 });
  });

  it.each([
    ['ANDROID', 'ANDROID'],
    ['IOS', 'WEB'],
    [null, 'WEB'],
  ] as const)('is to open the URL for %s: that for %s, however many cards', (platform, best) => {
    const accounts = accountsOf({}, {}, { result: REFUSED });
    expect(stepOf({ platform, handOffs: URLS, accounts })).toEqual({
      kind: 'OPEN_URL',
      handOff: URLS.find((one) => one.platform === best),
    });
  });

  it('is to give the data to the SDK of the platform, before any link, those that are left alone', () => {
    const push = pushOf({
      accounts: accountsOf({ result: WITH_DATA, outcome: reported('APPROVED') }, { result: WITH_DATA }),
      handOffs: [handOff('ANDROID', 'card-1'), handOff('ANDROID', 'card-2')],
    });
    const left = push.accounts.slice(1);
    const on = (platform: Push['platform']) => nextStepOf({ ...push, platform }, BY_SDK);
    expect(on('IOS')).toEqual({ kind: 'GIVE_DATA', sdk: 'Lark', accounts: left, links: [] });
    expect(on(null)).toEqual({ kind: 'GIVE_DATA', sdk: 'lark.js', accounts: left, links: [] });
    expect(on('ANDROID')).toEqual({ kind: 'OPEN_URL', handOff: push.handOffs[1] });
  });

  it.each<[string, readonly (WalletOutcome | 'REFUSED')[]]>([
    ['null', ['APPROVED', 'DUPLICATE_REQUEST']],
    ['ACTIVATE', ['DECLINED', 'REQUIRE_ADDITIONAL_AUTHENTICATION']],
    ['PUSH_AGAIN', ['APPROVED', 'CANCELLED']],
    ['PUSH_AGAIN', ['ERROR', 'DECLINED']],
    ['OTHER_ACCOUNT', ['DECLINED', 'APPROVED']],
    ['OTHER_ACCOUNT', ['REFUSED', 'REFUSED']],
  ])('is done, with %s to offer, after %j', (followUp, ends) => {
    const accounts = accountsOf(
      ...ends.map((end) => (end === 'REFUSED' ? { result: REFUSED } : { outcome: reported(end) })),
    );
    expect(String((stepOf({ accounts, handOffs: URLS }) as { followUp: unknown }).followUp)).toBe(followUp);
  });

  it('is done when the time is over, when MDES has named no URL, and where the bank has to look into it', () => {
    const late = { readAt: CREATED_AT + VALID_FOR_MS, handOffs: URLS };
    expect(stepOf(late)).toEqual({ kind: 'DONE', followUp: 'PUSH_AGAIN' });
    expect(stepOf({ handOffs: [] })).toEqual({ kind: 'DONE', followUp: null });
    const phase = { kind: 'REFUSED', refusal: refuse('REFUSED_BY_MDES') } as const;
    expect(stepOf({ phase })).toEqual({ kind: 'DONE', followUp: null });
  });

  it('is kept from who may not have it', () => {
    expect(nextStepOf(withoutSecrets(pushOf({ handOffs: URLS })), new Map())).toBeNull();
  });
});

describe('a locale', () => {
  it.each([
    ['en_US', 'en_US'],
    ['en-US', 'en_US'],
    ['EN-us', 'en_US'],
    ['zh-Hans-CN', 'zh_CN'],
    ['de', 'de_DE'],
    ['es-419', 'es_ES'],
    ['ar-EG-u-nu-latn', 'ar_EG'],
  ])('%s is %s', (tag, expected) => {
    expect(readLocale(tag)).toBe(expected);
  });
});
