/** The typed client against a gateway of paper: what it sends, and what becomes of errors. */
import { describe, expect, test } from '@jest/globals';
import { createTokenConnectClient, TokenConnectError } from '../../../src/client/index.js';

const URL = 'http://gateway.test/graphql';

function answering(status: number, body: unknown, sent: RequestInit[] = []): typeof globalThis.fetch {
  return async (_url, init) => {
    sent.push(init ?? {});
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
}

describe('the typed client', () => {
  test('asks for the access token before every request', async () => {
    const sent: RequestInit[] = [];
    let asked = 0;
    const token = async () => `token-${++asked}`;
    const client = createTokenConnectClient({
      url: URL,
      token,
      fetch: answering(200, { data: { asset: null } }, sent),
    });

    expect(await client.Asset({ id: 'logo-1' })).toEqual({ asset: null });
    await client.Asset({ id: 'logo-1' });
    expect(sent.map(({ headers }) => new Headers(headers).get('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('throws the code of the first error, and keeps what was answered out of messages', async () => {
    const client = createTokenConnectClient({
      url: URL,
      token: 'secret-token',
      repeat: false,
      fetch: answering(200, {
        data: { push: { id: 'push-1', accounts: [{ pushAccountReceipt: 'MCC-secret' }] } },
        errors: [
          {
            message: 'Try later',
            path: ['push'],
            extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfter: 3 },
          },
        ],
      }),
    });

    const error = await client.Push({ id: 'push-1' }).catch((thrown: unknown) => thrown);
    if (!(error instanceof TokenConnectError)) {
      throw new Error('expected a TokenConnectError');
    }
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'Try later', status: 200 });
    expect(error.retryAfter).toBe(3);
    expect(error.errors[0]?.extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE', retryAfter: 3 });
    expect(error.data).toMatchObject({ push: { id: 'push-1' } });
    expect(JSON.stringify({ ...error, text: String(error), stack: error.stack })).not.toMatch(/secret/);
  });

  test('says so when the answer is no GraphQL', async () => {
    const client = createTokenConnectClient({
      url: URL,
      token: 't',
      repeat: false,
      fetch: answering(502, { oops: true }),
    });

    await expect(client.FundingAccounts()).rejects.toMatchObject({ code: 'NO_GRAPHQL_RESULT', status: 502 });
  });

  test('leaves a failed connection as fetch reports it', async () => {
    const failure = new TypeError('fetch failed');
    const client = createTokenConnectClient({
      url: URL,
      token: 't',
      repeat: false,
      fetch: () => Promise.reject(failure),
    });

    await expect(client.TokenRequestors()).rejects.toBe(failure);
  });
});
