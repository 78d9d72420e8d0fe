/** The explorer's tabs: each stands on its own, and their variables fit the operations. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { buildTabs, type ExampleValues } from '../../../src/explorer/tabs.js';

const OPERATIONS = readFileSync(new URL('../../../src/client/operations.graphql', import.meta.url), 'utf8');

const EXAMPLES: ExampleValues = {
  fundingAccountId: 'card-1',
  tokenRequestorId: '50123456789',
  assetId: 'logo-1',
  platform: 'IOS',
  digitizationData: false,
};
const SIGNED_IN = { signedInAs: 'susan', examples: EXAMPLES, idempotencyKey: 'key-1' };

describe('the tabs of the explorer', () => {
  test('hold one operation each, with the fragments that it needs and no others', () => {
    const contents = buildTabs(OPERATIONS, SIGNED_IN).map(({ query }) =>
      parse(query).definitions.map(
        (one) => (one.kind === Kind.FRAGMENT_DEFINITION ? '+ ' : '') + nameOf(one),
      ),
    );

    expect(contents).toEqual([
      ['TokenRequestors'],
      ['TokenRequestor'],
      ['Asset'],
      ['FundingAccounts'],
      ['PushCard', '+ PushFields', '+ RefusalFields'],
      ['Push', '+ PushFields', '+ RefusalFields'],
    ]);
  });

  test('say on the first tab what to press', () => {
    const [first, second] = buildTabs(OPERATIONS, SIGNED_IN);

    expect(first?.query).toMatch(/^# Welcome .*Press play/);
    expect(first?.query).toContain('You are susan');
    expect(second?.query).not.toContain('Welcome');
  });

  test('ask for an access token where there is no demo sign-in', () => {
    const [first] = buildTabs(OPERATIONS, { signedInAs: null, examples: null, idempotencyKey: 'key-1' });

    expect(first?.query).toContain('# First put your access token into Headers');
  });

  test('push an account that exists to a token requestor that takes it', () => {
    const pushCard = buildTabs(OPERATIONS, SIGNED_IN)[4];

    expect(JSON.parse(pushCard?.variables ?? '')).toEqual({
      input: {
        idempotencyKey: 'key-1',
        tokenRequestorId: '50123456789',
        fundingAccountIds: ['card-1'],
        requestIssuerInitiatedDigitizationData: false,
        platform: 'IOS',
      },
    });
  });
});

function nameOf(definition: object): string {
  return 'name' in definition ? String(Object(definition.name).value) : '';
}
