/** The mocks for apps hang together, and tell every field of the schema. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  graphql,
  isAbstractType,
  isObjectType,
  isUnionType,
} from 'graphql';
import * as documents from '../../../src/client/generated.js';
import { createMocks } from '../../../src/client/mocks/index.js';

/** As @graphql-tools/schema puts resolvers into a schema. */
function mockedSchema(): GraphQLSchema {
  const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
  for (const [name, fields] of Object.entries(createMocks().resolvers)) {
    const type = schema.getType(name);
    for (const [field, resolve] of Object.entries(fields)) {
      if (isAbstractType(type)) type.resolveType = (source) => String(resolve(source, {}));
      if (isObjectType(type)) Object.assign(type.getFields()[field] ?? {}, { resolve });
    }
  }
  return schema;
}

const INPUT = {
  idempotencyKey: 'tap-1',
  tokenRequestorId: '50130000001',
  fundingAccountIds: ['card-1', 'card-2'],
  requestIssuerInitiatedDigitizationData: true,
};

/** Every field below a type, each type once on a way down; arguments that are required are given. */
function everything(type: GraphQLNamedType, way: readonly GraphQLNamedType[] = []): string {
  if (isUnionType(type)) {
    return `{ __typename ${type
      .getTypes()
      .map((one, i) => `... on ${one.name} ${everything(one, way).replace('{', `{ u${i}: __typename`)}`)
      .join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (way.includes(inner)) return [];
    const args = field.name === 'accountHolderDataPreview' && field.args.length > 0 ? '(items: [NAME])' : '';
    return [`${type.name}_${field.name}: ${field.name}${args} ${everything(inner, [...way, type])}`];
  });
  return `{ ${fields.join(' ')} }`;
}

describe('the mocks', () => {
  test('answer every document of the typed client', async () => {
    const schema = mockedSchema();
    const variables = {
      input: INPUT,
      id: 'push-1',
      pushId: 'push-1',
      platform: 'WEB',
      url: 'https://bank.example/back',
      tokenRequestorId: '50130000001',
      items: ['NAME'],
      outcomes: [{ fundingAccountId: 'card-1', outcome: 'APPROVED' }],
    };
    const texts = Object.values(documents).filter((one) => typeof one === 'string');
    expect(texts.length).toBeGreaterThan(10);
    for (const source of texts) {
      const { errors } = await graphql({ schema, source, variableValues: variables });
      expect(errors).toBeUndefined();
    }
  });

  test('know every field, so that no library has to invent one', async () => {
    const schema = mockedSchema();
    const push = schema.getType('Push');
    const account = schema.getType('FundingAccount');
    if (!isObjectType(push) || !isObjectType(account)) throw new Error('no such types');
    const source = `mutation ($input: PushCardInput!) {
      pushCard(input: $input) { ... on Push ${everything(push)} }
    }`;
    const pushed = await graphql({ schema, source, variableValues: { input: INPUT } });
    expect(pushed.errors).toBeUndefined();
    const listed = await graphql({ schema, source: `{ fundingAccounts ${everything(account)} }` });
    expect(listed.errors).toBeUndefined();
    expect(JSON.stringify([pushed, listed])).not.toContain('undefined');
  });

  test('name the same accounts, requestors and pushes everywhere', async () => {
    const schema = mockedSchema();
    const ask = async (source: string, variableValues = {}) => {
      const { data, errors } = await graphql({ schema, source, variableValues });
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(data));
    };
    const { pushCard } = await ask(documents.PushAndHandOffDocument, { input: INPUT });
    expect(await ask(documents.PushAndHandOffDocument, { input: INPUT })).toEqual({ pushCard });
    const { tokenRequestors } = await ask(documents.PickerDocument);
    const { fundingAccounts } = await ask(documents.FundingAccountsDocument);
    const { pushes } = await ask(documents.PushesDocument);
    const [inHistory] = pushes.nodes;
    expect(inHistory).toMatchObject({ id: pushCard.id, status: 'READY' });
    expect(tokenRequestors.map(({ id }: { id: string }) => id)).toContain(inHistory.tokenRequestor.id);
    const accounts = fundingAccounts.map(({ id, lastFour }: Record<string, string>) => [id, lastFour]);
    for (const { fundingAccountId, lastFour } of inHistory.accounts) {
      expect(accounts).toContainEqual([fundingAccountId, lastFour]);
    }
    await ask(documents.RecordHandOffDocument, { pushId: pushCard.id, platform: 'WEB' });
    const outcomes = INPUT.fundingAccountIds.map((fundingAccountId) => ({
      fundingAccountId,
      outcome: 'APPROVED',
    }));
    await ask(documents.RecordOutcomeDocument, { pushId: pushCard.id, outcomes });
    expect((await ask(documents.FollowPushDocument, { id: pushCard.id })).push.status).toBe('COMPLETED');
  });

  test('refuse what the gateway refuses', async () => {
    const schema = mockedSchema();
    const input = { ...INPUT, fundingAccountIds: ['card-9'] };
    const { data } = await graphql({ schema, source: documents.PushCardDocument, variableValues: { input } });
    expect(data?.['pushCard']).toMatchObject({
      code: 'FUNDING_ACCOUNT_NOT_FOUND',
      fundingAccountIds: ['card-9'],
    });
  });
});
