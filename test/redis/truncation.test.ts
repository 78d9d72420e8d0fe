/** An account's range and its last four digits never stand together: with both, a hundred card numbers are left of all. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { Secret } from '../../src/domain/secret.js';
import { LedgerKeys } from '../../src/push/ledger/ledger-keys.js';
import { type PushColumns, readRow, sealContent } from '../../src/push/ledger/postgres/push-row.js';
import type { DemoAccount } from '../../src/simulator/demo/demo-account.js';
import { DEMO_ACCOUNTS } from '../../src/simulator/demo/demo-accounts.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { pushOf } from '../support/push/pushes.js';
import { RedisServer } from '../support/redis-server.js';
import { LARK } from '../support/requestors.js';
import { eventually } from '../support/shared-cache.js';

const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { ... on Push { id status tokenRequestor { id } accounts { fundingAccountId lastFour } } }
}`;

/** Where the last four digits of an account stand in the same text as the start of its number. */
function together(texts: readonly string[]): string[] {
  return texts.filter((text) =>
    DEMO_ACCOUNTS.some((account) => {
      const lastFour = lastFourOf(account);
      return text.includes(account.range.padEnd(9, '0')) && new RegExp(`\\b${lastFour}\\b`).test(text);
    }),
  );
}

function lastFourOf(account: DemoAccount): string {
  const number = account.kind === 'CARD' ? account.data.accountNumber : account.data.financialAccountId;
  return number.slice(-4);
}

describe('with a push, a list and a look at the history behind it', () => {
  let redis: RedisServer;
  let gateway: TestGateway;
  beforeAll(async () => {
    redis = await RedisServer.start();
    gateway = await startTestGateway({
      CACHE_URL: redis.url,
      PUSH_LIMITS: '20/h per account-holder, 10/h per account',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await redis.stop();
  });

  it('neither answers, nor the log, nor Redis hold both', async () => {
    const input = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1', 'card-2', 'card-3'],
    };
    const pushed = await gateway.graphql(PUSH, { input });
    expect(pushed.data.pushCard).toMatchObject({ status: 'READY', tokenRequestor: { id: LARK } });
    expect(pushed.data.pushCard.accounts).toHaveLength(3);
    const answers = [pushed];
    for (const query of [
      '{ fundingAccounts { id lastFour label status } }',
      '{ pushes { nodes { id accounts { lastFour } tokenRequestor { id } } } }',
    ]) {
      answers.push(await gateway.graphql(query));
    }
    expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined, undefined]);
    expect(together(answers.map(({ text }) => text))).toEqual([]);
    expect(gateway.logs.length).toBeGreaterThan(5);
    expect(together(gateway.logs)).toEqual([]);

    await eventually(async () => (await everythingIn(redis)).length > 3, 4000);
    expect(together(await everythingIn(redis))).toEqual([]);
  });
});

async function everythingIn(redis: RedisServer): Promise<string[]> {
  const keys = (await redis.command('KEYS', '*')).split('\r\n').filter((line) => /^[^*$]/.test(line));
  return Promise.all(keys.map(async (key) => `${key} ${await redis.command('DUMP', key)}`));
}

describe('a row of the ledger', () => {
  const keys = new LedgerKeys([new Secret(randomBytes(32))]);
  const push = pushOf();
  const identity = { issuer: 'issuer', id: push.id, owner: 'owner' };
  const context = JSON.stringify([
    'content',
    1,
    keys.writing.id,
    identity.issuer,
    identity.id,
    identity.owner,
  ]);
  const withRange = push.accounts.map((account) => ({ ...account, accountRange: '5204740000000000000' }));

  it('holds no range, whatever it is given', () => {
    const sealed = sealContent(keys.writing, identity, { ...push, accounts: withRange });
    const clear = keys.writing.open(sealed, context) ?? '';
    expect(clear).toContain('"lastFour":"0012"');
    expect(clear).not.toMatch(/520474|range/i);
  });

  it('that was written with one is read without it', () => {
    const old = JSON.parse(keys.writing.open(sealContent(keys.writing, identity, push), context) ?? '');
    for (const account of old.accounts) account.accountRange = '5204740000000000000';
    const row: PushColumns = {
      id: push.id,
      owner: 'owner',
      key_id: keys.writing.id,
      format: 1,
      phase: push.phase.kind === 'SENT' ? 'SENT' : 'ENDED',
      revision: 0,
      created_at: push.createdAt,
      expires_at: push.expiresAt,
      read_at: push.readAt,
      content: keys.writing.seal(JSON.stringify(old), context),
      secrets: null,
    };
    const read = readRow(keys, 'issuer', row);
    expect(read?.accounts).toHaveLength(1);
    expect(JSON.stringify(read)).not.toMatch(/520474|range/i);
  });
});

it('no type of the schema has both', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const both = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => {
      const fields = Object.values(type.getFields());
      const namesRange = fields.some(({ type: of }) => getNamedType(of).name === 'AccountRange');
      return namesRange && fields.some(({ name }) => name === 'lastFour');
    });
  expect(both.map(({ name }) => name)).toEqual([]);
});
