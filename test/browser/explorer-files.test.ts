/** How the explorer's files are served: what a browser may do with them, and that nothing else can be reached. */
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningGateway, startGateway } from './running-gateway.js';

describe("the explorer's files", () => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    gateway = await startGateway();
  });

  afterAll(async () => {
    await gateway?.close();
  });

  test('come with their type, nosniff and a policy that allows no other host', async () => {
    const types = { '': 'text/html', '/explorer.js': 'text/javascript', '/explorer.css': 'text/css' };
    for (const [file, type] of Object.entries(types)) {
      const { status, headers } = await fetch(`${gateway.url}/explorer${file}`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/https?:/);
    }
  });

  test('are not sent again while they are the same', async () => {
    const url = `${gateway.url}/explorer/explorer.js`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });

    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test.each([
    '/explorer/../package.json',
    '/explorer/%2e%2e/main.js',
    '/explorer/..%2fmain.js',
    '/explorer/none.js',
  ])('are all there is: %s is not found', async (path) => {
    expect(await statusOf(gateway.url, path)).toBe(404);
  });
});

/** The path as it stands; fetch would tidy it up first. */
function statusOf(origin: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(origin, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
