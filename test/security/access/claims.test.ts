/** What tokens say in every odd form that a sign-in may give it: what is not said clearly does not count, and nothing breaks. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../../src/domain/grant.js';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { rowsOf } from '../../support/models.js';
import { LARK } from '../../support/requestors.js';

type Word = 'ok' | 'FORBIDDEN' | 'STEP_UP_REQUIRED';

interface Case {
  readonly name: string;
  /** What asking for her accounts, and pushing one, comes to. */
  readonly read: Word;
  readonly push: Word;
  /** Over the usual ones. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
  /** Seconds. */
  readonly authTimeAgo?: number;
}

const CASES = readFileSync(new URL('cases/claims.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Case);
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename } }';

let issuer: TokenIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway({
    ...issuer.environment,
    EXPLORER: 'off',
    AUTH_SCOPES: 'on',
    AUTH_SCOPE_CLAIMS: 'scope scp permissions realm_access.roles https://bank.example/roles',
    AUTH_SCOPE_MAP: 'push:write=push:write bank.cards.push',
    STEP_UP_ACR: 'urn:bank:sca,urn:bank:phr',
    STEP_UP_MAX_AGE: '5m',
  });
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

function claimsOf({ claims = {}, without = [], authTimeAgo = 0 }: Case): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { scope: SCOPES.join(' '), acr: 'urn:bank:sca', auth_time: now - authTimeAgo };
  const all = Object.entries({ ...usual, ...claims }).filter(([name]) => !without.includes(name));
  const times = new Map<unknown, unknown>([
    ['$now', String(now)],
    ['$now + 0.5', now - 10.5],
    ['$now in ms', now * 1000],
  ]);
  return Object.fromEntries(all.map(([name, value]) => [name, times.has(value) ? times.get(value) : value]));
}

describe('a token with', () => {
  it('makes a table of at least a hundred', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(100);
  });

  it.each(rowsOf(CASES).map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const token = await issuer.token('susan', 'bank-1', claimsOf(one));
    const input = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-1'] };
    const answers = [
      await gateway.graphql('{ fundingAccounts { id } }', {}, { token }),
      await gateway.graphql(PUSH, { input }, { token }),
    ];
    expect(answers.map((answer) => [answer.status, codes(answer).join() || 'ok'])).toEqual([
      [200, one.read],
      [200, one.push],
    ]);
    if (one.push === 'ok') expect(answers[1]?.data.pushCard.__typename).toBe('Push');
  });
});
