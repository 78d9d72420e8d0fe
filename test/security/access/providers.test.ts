/** Tokens in the form of the sign-ins that banks use are taken with the settings that docs/operating.md names, and refused with a reason otherwise. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { refusalOf } from '../../support/issuer/refusal-lines.js';
import { type Members, startTokenForge, type TokenForge } from '../../support/issuer/token-forge.js';
import { send } from '../../support/raw-http.js';
import { providers } from './tokens/providers.js';

const OF_ISSUER = new Map(providers().map((provider) => [provider.name, provider]));
const PAGE = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');

let forge: TokenForge;

beforeAll(async () => {
  forge = await startTokenForge();
});
afterAll(() => forge.close());

/** Nothing of the usual token: only what the provider writes. */
function tokenOf(header: Members, payload: Members): string {
  return forge.signText(JSON.stringify(payload), JSON.stringify({ alg: 'RS256', kid: 'rsa', ...header }));
}

/** `ok`, or the reason in the log. */
async function outcome({ url, logs }: TestGateway, token: string): Promise<unknown> {
  const { status, headers } = await send(url, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{__typename}"}',
  });
  if (status === 200) return 'ok';
  return refusalOf(logs, { headers })?.['reason'];
}

describe.each([...OF_ISSUER.keys()])('a token of %s', (name) => {
  it('is taken with its settings, and refused with a reason where it should be', async () => {
    const provider = OF_ISSUER.get(name);
    if (provider === undefined) throw new Error(name);
    const { settings, header, payload, refused } = provider;
    const { AUTH_JWKS_URL = '' } = forge.environment;
    const gateway = await startTestGateway({ EXPLORER: 'off', AUTH_JWKS_URL, ...settings });
    try {
      expect(await outcome(gateway, tokenOf(header, payload))).toBe('ok');
      for (const [what, [reason, bend]] of Object.entries(refused)) {
        const token = tokenOf({ ...header, ...bend.header }, { ...payload, ...bend.payload });
        expect([what, await outcome(gateway, token)]).toEqual([what, reason]);
      }
    } finally {
      await gateway.close();
    }
  });

  it('has a row in the operating page', () => {
    const [, table = ''] = /\n## Sign-ins\n(.*?)\n## /s.exec(PAGE) ?? [];
    expect(table).toContain(`| ${name} |`);
  });
});
