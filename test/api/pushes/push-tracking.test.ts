/** A push followed to its end: handed off, reported, called back, expired; by its owner only. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { codes } from '../../support/gateway.js';
import { FJORD, LARK, TAKES_THE_FIRST } from '../../support/requestors.js';
import { CALLBACK, HAND_OFF, LIST, OUTCOME, PUSH, READ, trackedPushes } from './tracked-pushes.js';

const MINUTE = 60_000;

const { gateway, simulator, clock, ask, pushed, read, receiptsOf, recordOutcomes } = trackedPushes({
  CALLBACK_ALLOWLIST: 'moonbank://,https://www.bank.example/cards/',
});

describe('a push that is tracked', () => {
  it('is HANDED_OFF once the app says so, the first time only, and keeps what it needs', async () => {
    const { id, accounts } = await pushed({ platform: 'IOS' });
    const first = await ask(HAND_OFF, { id, platform: 'IOS' });
    expect(first.data.recordHandOff).toMatchObject({ id, status: 'HANDED_OFF', accounts });
    const lines = () =>
      gateway().logs.filter((line) => line.includes('push.handed-off') && line.includes(id));
    expect((await ask(HAND_OFF, { id, platform: 'WEB' })).data.recordHandOff.status).toBe('HANDED_OFF');
    expect(lines()).toHaveLength(1);
    expect(JSON.parse(lines()[0] ?? '{}')).toMatchObject({ pushId: id, platform: 'IOS' });
  });

  it('recommends the hand-off for the platform, and the web where there is none', async () => {
    const recommended = (push: unknown) =>
      (push as { handOffs: { platform: string; recommended: boolean }[] }).handOffs
        .filter((one) => one.recommended)
        .map(({ platform }) => platform);
    expect(recommended(await pushed({ platform: 'IOS' }))).toEqual(['IOS']);
    expect(recommended(await pushed())).toEqual([]);
    const withoutApple = { tokenRequestorId: FJORD, platform: 'IOS' };
    expect(recommended(await pushed(withoutApple))).toEqual(['WEB']);
  });

  const ENDS: readonly (readonly [status: string, words: readonly string[]])[] = [
    ['COMPLETED', ['APPROVED', 'DUPLICATE_REQUEST']],
    ['COMPLETED', ['AUTHENTICATED', 'APPROVED']],
    ['PARTIALLY_COMPLETED', ['APPROVED', 'DECLINED']],
    ['ACTION_REQUIRED', ['APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION']],
    ['DECLINED', ['DECLINED', 'CANCELLED']],
    ['CANCELLED', ['CANCELLED', 'DELETED']],
    ['FAILED', ['ERROR', 'ERROR']],
  ];

  it.each(ENDS)(
    'is %s when the app reports %j, and stays so when the receipts expire',
    async (status, words) => {
      const { id } = await pushed({ fundingAccountIds: ['card-1', 'card-2'] });
      await ask(HAND_OFF, { id, platform: 'ANDROID' });
      const [one = '', two = ''] = words;
      const { data } = await recordOutcomes(id, { 'card-1': one, 'card-2': two });
      expect(data.recordOutcome).toMatchObject({
        status,
        accounts: words.map((outcome) => ({ outcome, outcomeCertainty: 'REPORTED' })),
      });
      if (status === 'COMPLETED') {
        const done = [data.recordOutcome, await read(id)];
        const gone = { pushAccountReceipt: null, issuerInitiatedDigitizationData: null };
        for (const push of done) expect(push).toMatchObject({ handOffs: [], accounts: [gone, gone] });
      }
      expect(data.recordOutcome.nextStep).toMatchObject({ __typename: 'DoneStep' });
      clock.now += 15 * MINUTE;
      expect(await read(id)).toMatchObject({ status, handOffs: [] });
    },
  );

  it('says what comes next from one status to the next, and tells the account holder in her language', async () => {
    const push = await pushed({ platform: 'IOS' });
    const { id } = push;
    const [ios] = (await read(id)).handOffs.filter((one: { recommended: boolean }) => one.recommended);
    const spoken = { headers: { 'accept-language': 'de-CH' } };
    const ready = (await gateway().graphql(READ, { id }, spoken)).data.push;
    expect(ready).toMatchObject({
      accountHolderText: expect.stringMatching(/^Fast geschafft/),
      accountHolderTextLanguage: 'de',
      expiresAt: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
      nextStep: { __typename: 'OpenUrlStep', url: ios.url, platform: 'IOS' },
    });
    const { data } = await ask(HAND_OFF, { id, platform: 'IOS' });
    expect(data.recordHandOff.nextStep).toEqual({ __typename: 'WaitStep', askAgainAfter: 5 });
    await recordOutcomes(id, { 'card-1': 'REQUIRE_ADDITIONAL_AUTHENTICATION' });
    const pending = await read(id);
    expect(pending.nextStep).toEqual({ __typename: 'DoneStep', followUp: 'ACTIVATE' });
    expect(pending.accounts[0].accountHolderText).toBe(pending.accountHolderText);
    clock.now += 15 * MINUTE;
    const late = await pushed();
    clock.now += 15 * MINUTE;
    expect((await read(late.id)).nextStep).toEqual({ __typename: 'DoneStep', followUp: 'PUSH_AGAIN' });
  });

  it('shows the card of each account as it is now, null where the bank cannot tell', async () => {
    const { id } = await pushed();
    const card = `query ($id: ID!) { push(id: $id) { status accounts { fundingAccount { id label artUrl } } } }`;
    const told = (await ask(card, { id })).data.push;
    expect(told.accounts).toEqual([{ fundingAccount: expect.objectContaining({ id: 'card-1' }) }]);
    const answer = await fetch(`${gateway().url}/demo/token?sub=susan&scope=push:read`);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const without = await gateway().graphql(card, { id }, { token });
    expect(codes(without)).toEqual(['FORBIDDEN']);
    expect(without.data.push).toEqual({ status: 'READY', accounts: [{ fundingAccount: null }] });
  });

  it('is READY or HANDED_OFF until the receipts expire, then EXPIRED, and a late report still counts', async () => {
    const [ready, handedOff] = [await pushed(), await pushed()];
    await ask(HAND_OFF, { id: handedOff.id, platform: 'IOS' });
    clock.now += 15 * MINUTE - 1;
    expect((await read(ready.id)).status).toBe('READY');
    expect((await read(handedOff.id)).status).toBe('HANDED_OFF');
    clock.now += 1;
    for (const { id, accounts } of [ready, handedOff]) {
      const answer = await ask(READ, { id });
      expect(answer.data.push).toMatchObject({ status: 'EXPIRED', handOffs: [] });
      expect(answer.text).not.toContain(accounts[0]?.pushAccountReceipt);
      expect((await ask(HAND_OFF, { id, platform: 'IOS' })).data.recordHandOff.status).toBe('EXPIRED');
    }
    expect((await recordOutcomes(ready.id, { 'card-1': 'APPROVED' })).data.recordOutcome.status).toBe(
      'COMPLETED',
    );
    const url = `moonbank://back?results[${receiptsOf(handedOff)[0]}]=DECLINED`;
    expect((await ask(CALLBACK, { id: handedOff.id, url })).data.recordPushCallback.status).toBe('DECLINED');
  });

  it('says when its receipts end as long as it shows them', async () => {
    const { id } = await pushed({ fundingAccountIds: ['card-1', 'card-2'] });
    const { data } = await recordOutcomes(id, { 'card-1': 'APPROVED' });
    expect(data.recordOutcome).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      expiresAt: expect.any(String),
      accounts: [
        { pushAccountReceipt: expect.any(String) },
        { pushAccountReceipt: expect.any(String), outcome: null, outcomeCertainty: null },
      ],
    });
  });

  it('keeps the first word about an account, unless the next can follow it', async () => {
    const { id } = await pushed();
    const words = async (word: string) =>
      (await recordOutcomes(id, { 'card-1': word })).data.recordOutcome.accounts[0].outcome;
    expect(await words('REQUIRE_ADDITIONAL_AUTHENTICATION')).toBe('REQUIRE_ADDITIONAL_AUTHENTICATION');
    expect(await words('DUPLICATE_REQUEST')).toBe('REQUIRE_ADDITIONAL_AUTHENTICATION');
    expect(await words('APPROVED')).toBe('APPROVED');
    expect(await words('DECLINED')).toBe('APPROVED');
    expect(await words('DELETED')).toBe('DELETED');
    expect(await words('APPROVED')).toBe('DELETED');
    const lines = gateway().logs.filter((line) => line.includes('push.outcome') && line.includes(id));
    expect(lines).toHaveLength(3);
  });
});

describe('a push that is called back', () => {
  it('takes the URL that an app was opened with, in any form, and infers what it is silent about', async () => {
    const callbackUrl = 'moonbank://pushcallback?session=1';
    const push = await pushed({ fundingAccountIds: ['card-1', 'card-2', 'card-3'], callbackUrl });
    const [one, two] = receiptsOf(push);
    const url = `${callbackUrl}&results%5B${one}%5D=APPROVED%7CDWSPMC1&results[${two}]=DECLINED#top`;
    const { data } = await ask(CALLBACK, { id: push.id, url });
    expect(data.recordPushCallback).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      accounts: [
        { outcome: 'APPROVED', outcomeCertainty: 'REPORTED' },
        { outcome: 'DECLINED', outcomeCertainty: 'REPORTED' },
        { outcome: 'CANCELLED', outcomeCertainty: 'INFERRED' },
      ],
    });
    const later = await recordOutcomes(push.id, { 'card-3': 'APPROVED' });
    expect(later.data.recordOutcome.accounts[2]).toMatchObject({
      outcome: 'APPROVED',
      outcomeCertainty: 'REPORTED',
    });
  });

  it('infers nothing about an account of which the callback says what nobody understands', async () => {
    const push = await pushed({ fundingAccountIds: ['card-1', 'card-2'] });
    const [one, two] = receiptsOf(push);
    const url = `moonbank://back?results[${one}]=APPROVED&results[${two}]=POSTPONED`;
    const { data } = await ask(CALLBACK, { id: push.id, url });
    expect(data.recordPushCallback.accounts).toMatchObject([
      { outcome: 'APPROVED' },
      { outcome: null, outcomeCertainty: null },
    ]);
  });

  it.each([
    ['without a query', 'moonbank://back'],
    ['of nothing', ''],
    ['without results', 'moonbank://back?session=1'],
    ['of 16 kB', `moonbank://back?${'x'.repeat(16_384)}`],
    ['of half a character', 'moonbank://back?\ud800=\udfff'],
    ['of NULs', 'moonbank://back?\u0000results'],
    ['that is broken', 'moonbank://back?%zz%&&&===#?#'],
  ])('is the same as before after a callback URL %s', async (_what, url) => {
    const { id } = await pushed();
    const answer = await ask(CALLBACK, { id, url });
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.text.length).toBeLessThan(1000);
    expect((await read(id)).status).toBe('READY');
  });

  it('is the same as before after the receipts of another push', async () => {
    const [mine, others] = [await pushed(), await pushed()];
    const url = `moonbank://back?results[${receiptsOf(others)[0]}]=APPROVED&results[made-up]=APPROVED`;
    expect((await ask(CALLBACK, { id: mine.id, url })).data.recordPushCallback.status).toBe('READY');
    expect((await read(others.id)).status).toBe('READY');
  });
});

describe('a push that is reported', () => {
  it.each([
    ['no account', []],
    ['an account of another push', [{ fundingAccountId: 'card-2', outcome: 'APPROVED' }]],
    [
      'an account twice',
      [
        { fundingAccountId: 'card-1', outcome: 'APPROVED' },
        { fundingAccountId: 'card-1', outcome: 'DECLINED' },
      ],
    ],
    ['a word of nobody', [{ fundingAccountId: 'card-1', outcome: 'DONE' }]],
    ['nothing at all', null],
  ])('refuses a report about %s, and stays READY', async (_what, outcomes) => {
    const { id } = await pushed();
    expect(codes(await ask(OUTCOME, { id, outcomes }))).toEqual(['BAD_USER_INPUT']);
    expect((await read(id)).status).toBe('READY');
  });

  it('has no outcome for an account that MDES has refused', async () => {
    const push = await pushed(
      { tokenRequestorId: TAKES_THE_FIRST, fundingAccountIds: ['card-11', 'card-12'] },
      'amir',
    );
    const { data } = await recordOutcomes(push.id, { 'card-11': 'APPROVED', 'card-12': 'APPROVED' }, 'amir');
    expect(data.recordOutcome).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      accounts: [{ outcome: 'APPROVED' }, { outcome: null, refusal: { code: 'ACCOUNT_INELIGIBLE' } }],
    });
  });

  it('has no outcome and no hand-off when nobody knows whether it was carried out', async () => {
    await simulator().fault('pushMultipleAccounts', '500');
    const { id, status } = await pushed();
    expect(status).toBe('UNKNOWN');
    expect((await ask(HAND_OFF, { id, platform: 'IOS' })).data.recordHandOff.status).toBe('UNKNOWN');
    expect((await recordOutcomes(id, { 'card-1': 'APPROVED' })).data.recordOutcome).toMatchObject({
      status: 'UNKNOWN',
      accounts: [{ outcome: null }],
    });
    clock.now += 15 * MINUTE;
    expect((await read(id)).status).toBe('UNKNOWN');
  });
});

describe('a push that others look for', () => {
  it('is nothing to another account holder: every answer is null as for one that never was, byte for byte', async () => {
    const push = await pushed();
    const url = `moonbank://back?results[${receiptsOf(push)[0]}]=APPROVED`;
    const outcomes = [{ fundingAccountId: 'card-1', outcome: 'APPROVED' }];
    const odd = [
      '',
      '\u0000',
      '\ud800',
      '__proto__',
      '%00',
      'x'.repeat(16_384),
      push.id.toUpperCase(),
      `${push.id} `,
    ];
    for (const [query, variables] of [
      [READ, {}],
      [HAND_OFF, { platform: 'IOS' }],
      [OUTCOME, { outcomes }],
      [CALLBACK, { url }],
    ] as const) {
      const never = await ask(query, { ...variables, id: randomUUID() }, 'amir');
      expect(Object.values(never.data)).toEqual([null]);
      expect(never.errors).toBeUndefined();
      for (const id of [push.id, ...odd]) {
        expect((await ask(query, { ...variables, id }, 'amir')).text).toBe(never.text);
      }
    }
    expect(await read(push.id)).toMatchObject({ status: 'READY', accounts: [{ outcome: null }] });
  });

  it('is UNAUTHENTICATED to nobody, whatever is wrong beside', async () => {
    const id = randomUUID();
    const asked: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      [READ, { id }],
      [LIST, { first: 0 }],
      [HAND_OFF, { id, platform: 'IOS' }],
      [OUTCOME, { id, outcomes: [] }],
      [CALLBACK, { id, url: 'x'.repeat(5000) }],
    ];
    for (const [query, variables] of asked) {
      expect(codes(await gateway().graphql(query, variables, { token: null }))).toEqual(['UNAUTHENTICATED']);
    }
  });
});

describe('a push that is asked for again and again', () => {
  it('is sent once for a storm of taps in two tabs, and each of them learns of the same push', async () => {
    await simulator().reset();
    const input = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-1'] };
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(PUSH, { input })));
    expect(new Set(answers.map(({ data }) => data.pushCard.id)).size).toBe(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set());
    expect((await simulator().calls()).pushMultipleAccounts).toBe(1);
  });

  it('turns away at once what is more than the share of one account holder, loses nothing of it, and refuses nobody else', async () => {
    await simulator().reset();
    await ask(PUSH, {
      input: { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-1'] },
    });
    await simulator().reset();
    await simulator().fault('pushMultipleAccounts', 'delay', 200, 6000);
    const inputs = Array.from({ length: 65 }, () => ({
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
    }));
    const startedAt = performance.now();
    const push = async (input: (typeof inputs)[number]) => ({
      input,
      answer: await ask(PUSH, { input }),
      after: performance.now() - startedAt,
    });
    const first: ReturnType<typeof push>[] = [];
    for (let count = 0; count < 25; count += 5) {
      // A few at a time: the card store, which is asked before MDES, has 1.5 s for each.
      first.push(...inputs.slice(count, count + 5).map(push));
      while ((await simulator().calls()).pushMultipleAccounts < count + 5) await sleep(20);
    }
    const amirs = ask(
      PUSH,
      { input: { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-11'] } },
      'amir',
    );
    const answers = await Promise.all([...first, ...inputs.slice(25).map(push)]);
    const turnedAway = answers.filter(({ answer }) => answer.errors !== undefined);
    const ready = answers.filter(({ answer }) => answer.data.pushCard?.status === 'READY');
    expect(ready).toHaveLength(25);
    expect(turnedAway).toHaveLength(40);
    for (const { answer, after } of turnedAway) {
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('Nothing was pushed'),
        extensions: { code: 'RATE_LIMITED', retryAfter: 1 },
      });
      // Before MDES has answered any.
      expect(after).toBeLessThan(Math.min(...ready.map((one) => one.after)));
    }
    expect((await amirs).data.pushCard.status).toBe('READY');
    expect((await simulator().calls()).pushMultipleAccounts).toBe(26);
    await simulator().reset();
    const again = await ask(PUSH, { input: turnedAway[0]?.input });
    expect(again.data.pushCard.status).toBe('READY');
  });
});

it('leaves no receipt, digitization data or URL in the log, at level trace', async () => {
  const log = gateway().logs.join('\n');
  expect(log).toContain('push.outcome');
  expect(log).not.toMatch(/STL-[0-9A-F]|pushAccountData|results\[|results%5B|moonbank:|eyJ/);
});
