/** The explorer's tabs: each stands on its own, and their variables fit the operations. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { buildTabs, type ExampleValues } from '../../../src/explorer/tabs.js';
import { WalkedPushes } from '../../../src/explorer/walked-push.js';

const WALK = readFileSync(new URL('../../../src/explorer/walk.graphql', import.meta.url), 'utf8');

const EXAMPLES: ExampleValues = {
  fundingAccountId: 'card-1',
  tokenRequestorId: '50123456789',
};
const SIGNED_IN = { signedInAs: 'susan', examples: EXAMPLES, idempotencyKey: 'key-1' };

describe('the tabs of the explorer', () => {
  test('hold one operation each, with the fragments that it needs and no others', () => {
    const contents = buildTabs(WALK, SIGNED_IN).map(({ query }) =>
      parse(query).definitions.map(
        (one) => (one.kind === Kind.FRAGMENT_DEFINITION ? '+ ' : '') + nameOf(one),
      ),
    );

    expect(contents).toEqual([
      ['FundingAccounts'],
      ['Eligibility'],
      ['Consent'],
      ['PushCard', '+ WalkedPush'],
      ['Push', '+ WalkedPush'],
      ['RecordHandOff', '+ WalkedPush'],
      ['RecordOutcome', '+ WalkedPush'],
      ['Pushes'],
    ]);
  });

  test('say on the first tab what to press', () => {
    const [first, second] = buildTabs(WALK, SIGNED_IN);

    expect(first?.query).toMatch(/^# Welcome .*Press play/);
    expect(first?.query).toContain('You are susan');
    expect(second?.query).not.toContain('Welcome');
  });

  test('ask for an access token where there is no demo sign-in', () => {
    const [first] = buildTabs(WALK, { signedInAs: null, examples: null, idempotencyKey: 'key-1' });

    expect(first?.query).toContain('# First put your access token into Headers');
  });

  test('push an account that exists to a token requestor that takes it', () => {
    const pushCard = buildTabs(WALK, SIGNED_IN)[3];

    expect(JSON.parse(pushCard?.variables ?? '')).toEqual({
      input: {
        idempotencyKey: 'key-1',
        tokenRequestorId: '50123456789',
        fundingAccountIds: ['card-1'],
        platform: 'WEB',
      },
    });
  });
});

describe('the push that the walk is at', () => {
  const push = (id: string, nextStep: object) => ({
    data: { pushCard: { __typename: 'Push', id, nextStep } },
  });
  const pushTab = buildTabs(WALK, SIGNED_IN)[4]?.variables ?? '';

  test('is filled into the variables of the next tabs, the newest, and over nothing that somebody typed', () => {
    const pushes = new WalkedPushes();
    expect(pushes.fill(pushTab)).toBe(pushTab);
    pushes.note(push('push-1', {}));
    const first = pushes.fill(pushTab);
    pushes.note(push('push-2', {}));

    expect([first, pushes.fill(first)].map((text) => JSON.parse(text).id)).toEqual(['push-1', 'push-2']);
    expect(pushes.fill('{"pushId": "mine"}')).toBe('{"pushId": "mine"}');
    expect(pushes.fill('{"fundingAccountId": "push-1"}')).toBe('{"fundingAccountId": "push-1"}');
  });

  test('tells the page of the wallet, where a browser can open it', () => {
    const pushes = new WalkedPushes();
    const told = [
      { url: 'https://wallet.example/' },
      { links: [{ url: 'http://w/' }] },
      { url: 'javascript:0' },
      {},
    ].map((nextStep) => {
      pushes.note(push('push-1', nextStep));
      return pushes.current()?.walletUrl;
    });
    pushes.note({ errors: [] });

    expect(told).toEqual(['https://wallet.example/', 'http://w/', null, null]);
    expect(pushes.current()?.id).toBe('push-1');
  });
});

function nameOf(definition: object): string {
  return 'name' in definition ? String(Object(definition.name).value) : '';
}
