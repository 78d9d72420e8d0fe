/** What is configured of access tokens: types, age, clients and audience; keys without a name; and what the log says and leaves out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type JWK, SignJWT } from 'jose';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { refusalOf, refusalsIn } from '../../support/issuer/refusal-lines.js';
import { type Members, now, startTokenForge, type TokenForge } from '../../support/issuer/token-forge.js';
import { type RawAnswer, send } from '../../support/raw-http.js';

let forge: TokenForge;
const open: TestGateway[] = [];

beforeAll(async () => {
  forge = await startTokenForge();
});
beforeEach(() => forge.publish(forge.jwks.rsa, forge.jwks.ec));
afterAll(async () => {
  for (const gateway of open) await gateway.close();
  forge.close();
});

async function gatewayWith(environment: Readonly<Record<string, string>>): Promise<TestGateway> {
  const gateway = await startTestGateway({ EXPLORER: 'off', ...forge.environment, ...environment });
  open.push(gateway);
  return gateway;
}

const ask = ({ url }: TestGateway, token: string): Promise<RawAnswer> =>
  send(url, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{__typename}"}',
  });

/** `ok`, or the reason in the log. */
async function outcome(gateway: TestGateway, token: string): Promise<unknown> {
  const { status, headers } = await ask(gateway, token);
  if (status === 200) return 'ok';
  return refusalOf(gateway.logs, { headers })?.['reason'];
}

describe('what is configured', () => {
  it('is which types are taken', async () => {
    const gateway = await gatewayWith({ AUTH_TOKEN_TYPES: 'AT+JWT' });
    const of = async (typ: string | undefined) => outcome(gateway, await forge.sign({}, { typ }));
    expect([await of('at+jwt'), await of('application/at+jwt')]).toEqual(['ok', 'ok']);
    expect([await of('JWT'), await of(undefined)]).toEqual(['TYPE_NOT_ALLOWED', 'TYPE_NOT_ALLOWED']);
  });

  it('is how old a token may be, and how long it may live', async () => {
    const gateway = await gatewayWith({ AUTH_MAX_TOKEN_AGE: '10m' });
    const of = async (iat: number, exp: number) => outcome(gateway, await forge.sign({ iat, exp }));
    const at = now();
    expect([await of(at, at + 600), await of(at - 590, at + 10)]).toEqual(['ok', 'ok']);
    expect([await of(at, at + 601), await of(at - 590, at + 20)]).toEqual([
      'LIFETIME_TOO_LONG',
      'LIFETIME_TOO_LONG',
    ]);
    expect(await of(at - 660, at + 60)).toBe('TOO_OLD');
  });

  it('is whether a token needs an audience: one that names another is never taken', async () => {
    const gateway = await gatewayWith({ AUTH_AUDIENCE: 'none' });
    const both = await gatewayWith({ AUTH_AUDIENCE: 'none, https://cards.bank.example' });
    const of = async (on: TestGateway, claims: Members) => outcome(on, await forge.sign(claims));
    expect(await of(gateway, { aud: undefined })).toBe('ok');
    expect(await of(gateway, { aud: 'token-connect-gateway' })).toBe('AUDIENCE_DIFFERS');
    expect(await of(gateway, { aud: 'none' })).toBe('AUDIENCE_DIFFERS');
    expect(await of(gateway, { aud: null })).toBe('AUDIENCE_DIFFERS');
    expect(await of(gateway, { aud: undefined, client_id: 'app-3' })).toBe('CLIENT_NOT_ALLOWED');
    expect(await of(both, { aud: undefined })).toBe('ok');
    expect(await of(both, { aud: ['x', 'https://cards.bank.example'] })).toBe('ok');
    expect(await of(both, { aud: 'none' })).toBe('AUDIENCE_DIFFERS');
  });
});

describe('a key without a name', () => {
  const nameless = ({ kid: _, ...jwk }: JWK): JWK => jwk;
  const others = (count: number) => Array.from({ length: count }, () => nameless(forge.jwks.thief));
  let gateway: TestGateway;

  it('is found among others, whether the token names one or not', async () => {
    forge.publish(...others(5), nameless(forge.jwks.rsa), nameless(forge.jwks.ec));
    gateway = await gatewayWith({});
    expect(await outcome(gateway, await forge.sign({}, { kid: undefined }))).toBe('ok');
    expect(await outcome(gateway, await forge.sign({}, { kid: 'rsa' }))).toBe('ok');
    const ec = new SignJWT({ ...forge.usual() }).setProtectedHeader({ alg: 'ES256' });
    expect(await outcome(gateway, await ec.sign(forge.keys.ec.privateKey))).toBe('ok');
    const forged = await forge.sign({}, { kid: undefined }, forge.keys.device.privateKey).catch(() => 'x');
    expect(await outcome(gateway, forged)).not.toBe('ok');
  });

  it('is one of ten that are tried at most', async () => {
    forge.publish(...others(9), nameless(forge.jwks.rsa));
    expect(await outcome(await gatewayWith({}), await forge.sign({}, { kid: undefined }))).toBe('ok');
    forge.publish(...others(10), nameless(forge.jwks.rsa));
    const beyond = await gatewayWith({});
    expect(await outcome(beyond, await forge.sign({}, { kid: undefined }))).toBe('SIGNATURE_INVALID');
  });

  it('is no way round the names: a token of a named key is tried with that one', async () => {
    forge.publish(forge.jwks.rsa, nameless(forge.jwks.thief));
    gateway = await gatewayWith({});
    const stolen = await forge.sign({}, { kid: 'rsa' }, forge.keys.thief.privateKey);
    expect(await outcome(gateway, stolen)).toBe('SIGNATURE_INVALID');
    expect(await outcome(gateway, await forge.sign())).toBe('ok');
  });
});

describe('the log of refusals', () => {
  it('says each reason once in ten seconds at info, with what an operator needs to mend it', async () => {
    const gateway = await gatewayWith({});
    for (let i = 0; i < 30; i++) await ask(gateway, await forge.sign({ iss: 'https://login.bank.example' }));
    await ask(gateway, await forge.sign({ aud: 'other-api' }));
    await ask(gateway, await forge.sign({}, { kid: 'key-of-tomorrow' }));
    const said = refusalsIn(gateway.logs).filter(({ level }) => level === 'info');
    expect(said).toMatchObject([
      {
        reason: 'ISSUER_DIFFERS_BY_SLASH',
        expected: 'https://login.bank.example/',
        found: 'https://login.bank.example',
        unsaid: 0,
      },
      { reason: 'AUDIENCE_DIFFERS', expected: 'token-connect-gateway', found: 'other-api' },
      { reason: 'KEY_UNKNOWN', found: 'key-of-tomorrow, RS256' },
    ]);
    expect(refusalsIn(gateway.logs).filter(({ level }) => level === 'debug')).toHaveLength(29);
  });

  it('holds neither token nor account holder, and nothing that a stranger could write into it', async () => {
    const gateway = await gatewayWith({});
    const sub = 'susan-of-the-secret-name';
    const token = await forge.sign({ sub });
    const texts = [
      token,
      `5204740000000012`,
      '5204 7400 0000 0012',
      '520474000000001',
      '\u001b[31m\r\n',
      'x'.repeat(5000),
    ];
    for (const text of texts) {
      await ask(gateway, await forge.sign({ sub, iss: text }));
      await ask(gateway, await forge.sign({ sub, aud: [text, text] }));
      await ask(gateway, await forge.sign({ sub, client_id: text }));
      await ask(gateway, await forge.sign({ sub }, { kid: text }));
      await ask(gateway, await forge.sign({ sub }, { typ: text }));
      await ask(gateway, await forge.sign({ sub, cnf: { [text]: text } }));
    }
    const log = refusalsIn(gateway.logs);
    expect(log.length).toBe(texts.length * 6);
    for (const { traceId: _, time: __, ...said } of log) {
      expect(JSON.stringify(said)).not.toMatch(/susan|eyJ|\d{9}|5204 7400|x{101}/);
      expect(String(said['found'])).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
