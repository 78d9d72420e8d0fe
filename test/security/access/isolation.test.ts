/** One account holder never sees what is another's: not by id, not by key, not by asking at the same time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';

const PUSH =
  'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { id accounts { fundingAccountId pushAccountReceipt } } } }';
const GET =
  'query ($id: ID!) { push(id: $id) { id status accounts { fundingAccountId pushAccountReceipt } handOffs { url } } }';
const OWN = { susan: /^(card-[1-9]|account-1)$/, amir: /^(card-[1-9]\d|account-11)$/ };

describe('two account holders', () => {
  let gateway: TestGateway;
  let tokens: { readonly susan: string; readonly amir: string };
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    tokens = { susan: await gateway.token('susan'), amir: await gateway.token('amir') };
  });
  afterAll(() => gateway.close());

  const ask = (holder: 'susan' | 'amir', query: string, variables: Readonly<Record<string, unknown>> = {}) =>
    gateway.graphql(query, variables, { token: tokens[holder] });
  const push = (holder: 'susan' | 'amir', idempotencyKey: string, account: string) =>
    ask(holder, PUSH, { input: { idempotencyKey, tokenRequestorId: LARK, fundingAccountIds: [account] } });

  it("get null for one another's push, in the same bytes as for none", async () => {
    const { id } = (await push('susan', randomUUID(), 'card-1')).data.pushCard;
    expect((await ask('susan', GET, { id })).data.push.status).toBe('READY');
    const foreign = await ask('amir', GET, { id });
    expect(foreign.text).toBe((await ask('amir', GET, { id: randomUUID() })).text);
    expect(foreign.data).toEqual({ push: null });
    expect((await ask('susan', GET, { id: id.toUpperCase() })).data).toEqual({ push: null });
    const anonymous = await gateway.graphql(GET, { id }, { token: null });
    expect(anonymous.data).toBeUndefined();
    expect(anonymous.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('have keys of their own, whatever the keys are made of', async () => {
    for (const key of ['k', '__proto__', '["susan","k"]', '","', '\\', 'k'.repeat(255)]) {
      const [hers, his] = await Promise.all([push('susan', key, 'card-1'), push('amir', key, 'card-11')]);
      expect(hers.data.pushCard.accounts[0].fundingAccountId).toBe('card-1');
      expect(his.data.pushCard.accounts[0].fundingAccountId).toBe('card-11');
      expect(hers.data.pushCard.id).not.toBe(his.data.pushCard.id);
    }
  });

  it('see only what is theirs when sixty requests of both come at once', async () => {
    const query =
      '{ fundingAccounts { id tokenRequestors { id } } tokenRequestors { id enabledAccountRanges } }';
    const holders = Array.from({ length: 60 }, (_, n) =>
      n % 2 === 0 ? ('susan' as const) : ('amir' as const),
    );
    const answers = await Promise.all(holders.map((holder) => ask(holder, query)));
    const seen = { susan: new Set<string>(), amir: new Set<string>() };
    for (const [index, { data, errors }] of answers.entries()) {
      const holder = holders[index] ?? 'susan';
      expect(errors).toBeUndefined();
      for (const { id } of data.fundingAccounts) expect(id).toMatch(OWN[holder]);
      seen[holder].add(JSON.stringify(data));
    }
    expect([seen.susan.size, seen.amir.size]).toEqual([1, 1]);
  });
});
