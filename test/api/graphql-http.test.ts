/** GraphQL over HTTP, as the audits of graphql-http see it: all of them, what one SHOULD and MAY do included. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Audit, serverAudits } from 'graphql-http';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

describe('GraphQL over HTTP', () => {
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startTestGateway();
    token = await gateway.token('susan');
  });
  afterAll(() => gateway.close());

  const signedIn = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...init, headers });
  };
  const AUDITS: readonly Audit[] = serverAudits({
    url: () => `${gateway.url}/graphql`,
    fetchFn: signedIn,
  });

  it('is audited 61 times', () => {
    expect(AUDITS).toHaveLength(61);
  });

  it.each(AUDITS.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect([result.status, 'reason' in result ? result.reason : undefined]).toEqual(['ok', undefined]);
  });
});
