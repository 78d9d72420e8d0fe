/** The list of an account holder's pushes: its pages, what it keeps back, and whose it is. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { codes, type GraphQLAnswer } from '../../support/gateway.js';
import { LIST, type Tracked, trackedPushes } from './tracked-pushes.js';

const { ask, pushed, read, clock } = trackedPushes();

describe('a push that is tracked in the list of pushes', () => {
  const listed = async (variables: Readonly<Record<string, unknown>>, accountHolder: string) => {
    const answer: GraphQLAnswer = await ask(LIST, variables, accountHolder);
    return answer.data.pushes;
  };
  const made: string[] = [];
  beforeAll(async () => {
    for (let count = 0; count < 5; count++) {
      clock.now += 1;
      made.unshift((await pushed({ requestIssuerInitiatedDigitizationData: count % 2 === 0 })).id);
      await pushed({ fundingAccountIds: ['card-11'] }, 'amir');
    }
  });

  it('comes newest first, page by page, each push once, nobody else’s among them', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 1; ; pages++) {
      const page = await listed({ first: 2, after }, 'susan');
      seen.push(...page.nodes.map(({ id }: Tracked) => id));
      expect(page.edges.map(({ node }: { node: Tracked }) => node.id)).toEqual(
        page.nodes.map(({ id }: Tracked) => id),
      );
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      expect({ hasPreviousPage, startCursor, endCursor }).toEqual({
        hasPreviousPage: pages > 1,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      expect(hasNextPage).toBe(pages < 3);
      if (!hasNextPage) break;
      after = endCursor;
      // What is pushed meanwhile moves no page.
      clock.now += 1;
      made.unshift((await pushed()).id);
      made.shift();
    }
    expect(seen).toEqual(made);
  });

  it('ends with an empty page after the last', async () => {
    const all = await listed({ first: 50 }, 'susan');
    const page = await listed({ first: 50, after: all.pageInfo.endCursor }, 'susan');
    expect(page).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it('is without receipts, digitization data and URLs, which its own page still has', async () => {
    const answer = await ask(LIST, { first: 50 });
    for (const node of answer.data.pushes.nodes) {
      expect(node).toMatchObject({
        __typename: 'PushSummary',
        status: 'READY',
        accountHolderText: expect.stringMatching(/^Almost done/),
        expiresAt: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
        tokenRequestorId: node.tokenRequestor.id,
        accounts: [{ fundingAccount: { id: 'card-1', label: expect.any(String) } }],
      });
    }
    const { accounts } = await read(made[0] ?? '');
    expect(accounts[0].pushAccountReceipt).toMatch(/^[A-Z]{3}-/);
    expect(answer.text).not.toContain(accounts[0].pushAccountReceipt);
    expect(answer.text).not.toMatch(/wallet\/|pushAccountData|eyJ/);
  });

  it('takes null and nothing for 20, and 1 to 50', async () => {
    expect((await listed({ first: null, after: null }, 'susan')).nodes.length).toBeGreaterThanOrEqual(5);
    expect((await listed({}, 'susan')).nodes.length).toBeGreaterThanOrEqual(5);
    expect((await listed({ first: 1 }, 'susan')).nodes).toHaveLength(1);
    expect((await listed({ first: 50 }, 'susan')).nodes.length).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['first of 0', { first: 0 }],
    ['first below 0', { first: -1 }],
    ['first of 51', { first: 51 }],
    ['first of 2.5', { first: 2.5 }],
    ['first beyond a number', { first: 2 ** 31 }],
    ['an empty cursor', { after: '' }],
    ['a cursor of nobody', { after: randomUUID() }],
    ['a cursor of 16 kB', { after: 'x'.repeat(16_384) }],
    ['half a character for a cursor', { after: '\ud800' }],
    ['a cursor that is code', { after: '0) or redis.call("KEYS")' }],
  ])('is BAD_USER_INPUT for %s', async (_what, variables) => {
    const answer = await ask(LIST, variables);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.text.length).toBeLessThan(1000);
  });

  it("is BAD_USER_INPUT for another account holder's cursor, in the words of one that never was", async () => {
    const foreign = (await listed({ first: 1 }, 'amir')).pageInfo.endCursor;
    const message = (answer: GraphQLAnswer) => answer.errors?.map((error) => error.message);
    const answer = await ask(LIST, { after: foreign });
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(message(answer)).toEqual(message(await ask(LIST, { after: randomUUID() })));
  });
});
