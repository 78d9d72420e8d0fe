/** Uses what `exports` promises, from an ES module. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import * as client from 'token-connect-gateway/client';
import { parse } from 'yaml';
import { callGateway } from './gateway.cjs';

const read = (name) => readFile(new URL(import.meta.resolve(`token-connect-gateway/${name}`)), 'utf8');

await callGateway(client);
assert.ok(
  buildSchema(await read('schema.graphql'))
    .getMutationType()
    ?.getFields().pushCard,
);
assert.ok(JSON.parse(await read('refusals.json')).some(({ code }) => code === 'TOKEN_REQUESTOR_NOT_FOUND'));
assert.ok(parse(await read('card-store.openapi.yaml')).openapi);
assert.equal(JSON.parse(await read('package.json')).name, 'token-connect-gateway');
await assert.rejects(import('token-connect-gateway/dist/main.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
