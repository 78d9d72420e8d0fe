/** Uses what `exports` of the client promises, from an ES module. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import * as client from 'token-connect-client';
import { createMocks } from 'token-connect-client/mocks';
import { callGateway } from './call-gateway.cjs';

const read = (name) => readFile(new URL(import.meta.resolve(`token-connect-client/${name}`)), 'utf8');

await callGateway(client);
assert.ok(createMocks().resolvers.Query.fundingAccounts().length > 0);
assert.ok(
  buildSchema(await read('schema.graphql'))
    .getMutationType()
    ?.getFields().pushCard,
);
assert.ok(Object.keys(JSON.parse(await read('trusted-documents.json'))).length > 10);
assert.equal(JSON.parse(await read('package.json')).name, 'token-connect-client');
