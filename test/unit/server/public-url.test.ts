/** The URL that clients see, before and after the server listens. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PublicUrl } from '../../../src/server/public-url.js';

const server = createServer();
const listen = async (host: string) => {
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
afterEach(() => void server.close());

describe('the public URL', () => {
  it('is nothing to hand out before the server listens, and then where it does, also while it closes', async () => {
    const url = new PublicUrl(null);
    url.follow(server);
    expect(() => url.value).toThrow('nobody listens yet');
    const port = await listen('127.0.0.1');
    expect(url.value).toBe(`http://127.0.0.1:${port}`);
    server.close();
    expect(url.value).toBe(`http://127.0.0.1:${port}`);
  });

  it('is the configured one, wherever the server listens', async () => {
    const url = new PublicUrl('https://pay.bank.example');
    url.follow(server);
    await listen('127.0.0.1');
    expect(url.value).toBe('https://pay.bank.example');
  });
});
