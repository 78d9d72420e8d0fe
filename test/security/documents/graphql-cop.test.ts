/** The requests of graphql-cop: none is a finding, and each is answered in good form. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { bodyOf, send } from '../../support/raw-http.js';
import { CHECKS } from './graphql-cop.js';

const signedIn = [false, true] as const;
const settings = ['off', 'on'].flatMap((explorer) => signedIn.map((token) => ({ explorer, token })));

describe.each(settings)('graphql-cop, with EXPLORER=$explorer and token $token,', ({ explorer, token }) => {
  let gateway: TestGateway;
  let authorization: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: explorer });
    if (token) authorization = { authorization: `Bearer ${await gateway.token('susan')}` };
  });
  afterAll(() => gateway.close());

  it.each(CHECKS.map((check) => [check.name, check] as const))('does not find %s', async (name, check) => {
    const answer = await send(gateway.url, { ...check, headers: { ...check.headers, ...authorization } });
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/);
    if (name === 'detect_graphiql' && explorer === 'on') {
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
      return;
    }
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const { data, errors } = bodyOf(answer);
    if (check.byDesign === 'explorer' && explorer === 'on' && errors === undefined) {
      expect(data).toHaveProperty('__schema');
      return;
    }
    if (!(check.byToken === true && token)) expect(check.finds(answer)).toBeFalsy();
    if ((check.answered === true && (token || explorer === 'on')) || (check.byToken === true && token)) {
      expect(answer.status).toBe(200);
      expect(data).toEqual({ __typename: 'Query' });
      return;
    }
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toMatch(/^[A-Z_]+$/);
    expect(answer.bytes.length).toBeLessThan(600);
  });
});
