/** Uses what `exports` of the gateway promises, from an ES module. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { createTestGateway } from 'token-connect-gateway/testing';
import { parse } from 'yaml';

const read = (name) => readFile(new URL(import.meta.resolve(`token-connect-gateway/${name}`)), 'utf8');

assert.ok(
  buildSchema(await read('schema.graphql'))
    .getMutationType()
    ?.getFields().pushCard,
);
assert.ok(JSON.parse(await read('refusals.json')).some(({ code }) => code === 'TOKEN_REQUESTOR_NOT_FOUND'));
assert.ok(Object.keys(JSON.parse(await read('trusted-documents.json'))).length > 10);
assert.ok(parse(await read('card-store.openapi.yaml')).openapi);
assert.equal(JSON.parse(await read('package.json')).name, 'token-connect-gateway');
for (const gone of ['client', 'dist/main.js']) {
  await assert.rejects(import(`token-connect-gateway/${gone}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
}
const gateway = await createTestGateway();
assert.deepEqual(await gateway.pushes(), []);
await gateway.close();
