/** In a page the gateway's address may be relative to it. */
import { afterEach, expect, test } from '@jest/globals';
import { createTokenConnectClient } from '../../../src/client/index.js';

/** Where the client is loaded: Jest's own global object is another one. */
const global: object = Error.constructor('return globalThis')();
const asked: string[] = [];
const client = createTokenConnectClient({
  url: '/api/graphql',
  token: 't',
  fetch: async (url) => {
    asked.push(String(url));
    return Response.json({ data: { asset: null } });
  },
});
afterEach(() => void Reflect.deleteProperty(global, 'location'));

test('a relative URL is meant from the page, once there is one', async () => {
  Reflect.set(global, 'location', { href: 'https://bank.example/cards/list?tab=1' });
  await client.Asset({ id: 'logo-1' });
  expect(asked).toEqual(['https://bank.example/api/graphql']);
});

test('without a page it is a fault of the caller', async () => {
  await expect(client.Asset({ id: 'logo-1' })).rejects.toThrow('Invalid URL');
});
