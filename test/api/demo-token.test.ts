/** GET /demo/token gives what an app would ask a real sign-in for: scopes, a stronger or fresher sign-in, a token for one push. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const ALL = 'token-requestors:read assets:read accounts:read push:read push:write';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const ask = (wish: Readonly<Record<string, string>>) =>
  fetch(`${gateway.url}/demo/token?${new URLSearchParams({ sub: 'susan', ...wish })}`);
async function claims(wish: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { access_token } = (await (await ask(wish)).json()) as { readonly access_token: string };
  return decodeJwt(access_token);
}

describe('a demo token', () => {
  it('may do everything unless told otherwise, and has just been signed in for', async () => {
    const { iat, ...usual } = await claims({});
    expect(usual).toMatchObject({
      sub: 'susan',
      scope: ALL,
      acr: 'urn:openbanking:psd2:sca',
      auth_time: iat,
    });
    expect(usual).not.toHaveProperty('authorization_details');
  });

  it.each<[Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    [{ scope: 'push:read push:write' }, { scope: 'push:read push:write' }],
    [{ scope: '' }, { scope: undefined }],
    [
      { acr: 'weak', auth_time: '1790000000' },
      { acr: 'weak', auth_time: 1790000000 },
    ],
    [
      { acr: '', auth_time: '' },
      { acr: undefined, auth_time: undefined },
    ],
    [{ acr_values: 'urn:a urn:b', max_age: '300' }, { acr: 'urn:a' }],
    [{ authorization_details: '[{"type":"x"}]' }, { authorization_details: [{ type: 'x' }] }],
    [
      { sub: 'amir', exp: '1', iss: 'https://evil.example', client_id: 'x' },
      { sub: 'amir', client_id: undefined },
    ],
  ])('as wished for: %j', async (wish, expected) => {
    const got = await claims(wish);
    for (const [name, value] of Object.entries(expected)) expect([name, got[name]]).toEqual([name, value]);
    expect(Number(got['exp']) - Number(got['iat'])).toBe(3600);
    expect(got['iss']).not.toContain('evil');
  });

  it.each([
    'auth_time=yesterday',
    'auth_time=-1',
    'auth_time=1.5',
    'max_age=soon',
    'authorization_details={}',
    'authorization_details=[',
    'authorization_details=',
    'scope=a&scope=b',
    'acr=a&acr=b',
  ])('is not given where that cannot be read: %s', async (query) => {
    const answer = await fetch(`${gateway.url}/demo/token?sub=susan&${query}`);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as {
      errors: [{ message: string; extensions: { code: string } }];
    };
    expect([errors[0].extensions.code, errors[0].message]).toEqual([
      'BAD_REQUEST',
      expect.stringContaining(`${query.split('=')[0]} cannot be read: `),
    ]);
  });

  it('goes by what this gateway calls scopes, and asks of a sign-in', async () => {
    const other = await startTestGateway({
      AUTH_SCOPE_MAP: 'push:write=bank.cards.push other',
      STEP_UP_ACR: 'urn:bank:sca,urn:bank:phr',
    });
    try {
      expect(decodeJwt(await other.token('susan'))).toMatchObject({
        scope: ALL.replace('push:write', 'bank.cards.push'),
        acr: 'urn:bank:sca',
      });
    } finally {
      await other.close();
    }
  });
});

it('is what the landing page hands to the Apollo Sandbox and a first query that answers', async () => {
  const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
  const config = /embeddedSandboxConfig = ({.*});/.exec(await page.text())?.[1] ?? '{}';
  const { initialState } = JSON.parse(config);
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { ...initialState.sharedHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({ query: initialState.document }),
  });

  expect(await answer.json()).toMatchObject({ data: { tokenRequestors: expect.any(Array) } });
});
