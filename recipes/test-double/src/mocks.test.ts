/** Without a gateway: mocks that hang together, behind msw and in @graphql-tools/mock. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { addMocksToSchema } from '@graphql-tools/mock';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql as execute, type GraphQLSchema } from 'graphql';
import { graphql, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createMocks } from 'token-connect-client/mocks';
import { expect, test } from 'vitest';
import { addCard } from './app';

const URL = 'https://gateway.example/graphql';
const schemaFile = createRequire(import.meta.url).resolve('token-connect-client/schema.graphql');
const typeDefs = readFileSync(schemaFile, 'utf8');

async function addCardTo(schema: GraphQLSchema, fundingAccountId: string) {
  const server = setupServer(
    graphql.link(URL).operation(async ({ query, variables }) => {
      const { data, errors } = await execute({ schema, source: query, variableValues: variables });
      return HttpResponse.json({ data, errors: errors?.map((error) => error.toJSON()) });
    }),
  );
  server.listen();
  try {
    return await addCard(URL, () => 'a token', fundingAccountId);
  } finally {
    server.close();
  }
}

test('with msw', async () => {
  const schema = makeExecutableSchema({ typeDefs, resolvers: createMocks().resolvers });
  expect(await addCardTo(schema, 'card-1')).toMatchObject({ status: 'COMPLETED' });
  expect(await addCardTo(schema, 'card-9')).toMatch(/choose something else/);
});

test('with @graphql-tools/mock, which fills in what a test adds to the schema', async () => {
  const { mocks, resolvers } = createMocks();
  const schema = addMocksToSchema({
    schema: makeExecutableSchema({
      typeDefs: [typeDefs, 'extend type FundingAccount { nickname: String! }'],
    }),
    mocks,
    resolvers,
  });
  expect(await addCardTo(schema, 'card-1')).toMatchObject({ status: 'COMPLETED' });
  const { data } = await execute({ schema, source: '{ fundingAccounts { label nickname } }' });
  expect(data).toMatchObject({
    fundingAccounts: [{ label: 'Moon Bank Credit', nickname: 'Hello World' }, {}, {}],
  });
});
