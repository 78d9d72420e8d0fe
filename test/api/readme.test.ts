/** What the README promises a newcomer is what happens. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAGIC_ACCOUNTS, MAGIC_REQUESTORS } from '../../src/simulator/catalogue/magic.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('shows a first query that gives the answer below it', async () => {
    const query = /```graphql\n([\s\S]+?)```/.exec(README)?.[1] ?? '';
    const answer: unknown = JSON.parse(/```json\n([\s\S]+?)```/.exec(README)?.[1] ?? '');
    const { data, errors } = await gateway.graphql(query);
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(answer);
  });

  it('lists every magic requestor and account', () => {
    for (const { tokenRequestorId, consumerFacingEntityName, happens } of MAGIC_REQUESTORS) {
      expect(README).toContain(`| \`${tokenRequestorId}\` ${consumerFacingEntityName} | ${happens} |`);
    }
    for (const { fundingAccountId, reasonCode } of MAGIC_ACCOUNTS) {
      expect(README).toContain(`| \`${fundingAccountId}\` | \`${reasonCode}\` |`);
    }
  });
});
