/** A bank's sign-in whose tokens can be bent in every way: good ones, forged ones, and ones bound to a key or a certificate. */
import {
  createHmac,
  generateKeyPairSync,
  hash,
  type KeyObject,
  type KeyPairKeyObjectResult,
  randomUUID,
  sign as signBytes,
  X509Certificate,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, exportJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { selfSignedCertificate } from '../../../src/simulator/self-signed-certificate.js';

export const ISSUER = 'https://login.bank.example/';
export const AUDIENCE = 'token-connect-gateway';
export const CLIENT = 'app-1';

export type Members = Readonly<Record<string, unknown>>;
type KeyName = 'rsa' | 'ec' | 'thief' | 'device' | 'other';

export interface TokenForge {
  /** Settings of a gateway that takes its tokens, of two clients, bound ones too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly fetches: number;
  /** What its key set holds from now on; `rsa` and `ec` at first. */
  publish(...keys: JWK[]): void;
  /** `thief` is nobody's, `device` and `other` are of apps. */
  readonly keys: Readonly<Record<KeyName, KeyPairKeyObjectResult>>;
  readonly jwks: Readonly<Record<KeyName, JWK>>;
  /** Of the device, as a proxy passes it on. */
  readonly certificate: {
    readonly base64: string;
    readonly pem: string;
    readonly thumbprint: string;
    readonly otherBase64: string;
  };
  /** Of the device's key. */
  readonly jkt: string;
  usual(): Members;
  /** Good but for what is put over it; undefined takes a member away. */
  sign(claims?: Members, header?: Members, key?: KeyObject): Promise<string>;
  /** Signed by the bank, whatever the texts of header and payload. */
  signText(payload: string, header?: string): string;
  unsigned(header: unknown, claims?: Members, signature?: string): string;
  hmac(secret: string, alg?: string): string;
  /** A good one whose three parts are changed. */
  bent(change: (parts: string[]) => void): Promise<string>;
  /** The device's, for a POST to that URL; good but for what is put over it. */
  proof(token: string, htu: string, claims?: Members, header?: Members, key?: KeyObject): Promise<string>;
  close(): void;
}

export const now = () => Math.floor(Date.now() / 1000);
export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = (pair: KeyPairKeyObjectResult) =>
  selfSignedCertificate(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'An app');

export async function startTokenForge(): Promise<TokenForge> {
  const keys = { rsa: rsa(), ec: ec(), thief: rsa(), device: ec(), other: ec() };
  const jwkOf = async (name: KeyName, more: JWK = {}): Promise<JWK> => ({
    ...(await exportJWK(keys[name].publicKey)),
    ...more,
  });
  const jwks = {
    rsa: await jwkOf('rsa', { kid: 'rsa', use: 'sig', alg: 'RS256' }),
    // As some issuers do: a key without alg.
    ec: await jwkOf('ec', { kid: 'ec', use: 'sig' }),
    thief: await jwkOf('thief', { kid: 'thief', alg: 'RS256' }),
    device: await jwkOf('device'),
    other: await jwkOf('other'),
  };
  let published: readonly JWK[] = [jwks.rsa, jwks.ec];
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const certificates = [pemOf(keys.rsa), pemOf(keys.thief)].map((pem) => new X509Certificate(pem));
  const [own, other] = certificates.map(({ raw }) => raw);
  const usual = (): Members => ({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'susan',
    client_id: CLIENT,
    iat: now(),
    exp: now() + 600,
    jti: randomUUID(),
  });
  const signText: TokenForge['signText'] = (
    payload,
    header = '{"alg":"RS256","kid":"rsa","typ":"at+jwt"}',
  ) => {
    const text = `${encode(header)}.${encode(payload)}`;
    return `${text}.${signBytes('sha256', Buffer.from(text), keys.rsa.privateKey).toString('base64url')}`;
  };
  const sign: TokenForge['sign'] = (claims = {}, header = {}, key = keys.rsa.privateKey) =>
    signed({ ...usual(), ...claims }, { alg: 'RS256', kid: 'rsa', typ: 'at+jwt', ...header }, key);
  return {
    environment: {
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
      AUTH_CLIENTS: `${CLIENT},app-2`,
      AUTH_CLIENT_CERT_HEADER: 'Client-Cert',
      TRUSTED_PROXIES: '127.0.0.1',
    },
    get fetches() {
      return fetches;
    },
    publish(...set) {
      published = set;
    },
    keys,
    jwks,
    certificate: {
      base64: own?.toString('base64') ?? '',
      pem: certificates[0]?.toString() ?? '',
      thumbprint: hash('sha256', own ?? '', 'base64url'),
      otherBase64: other?.toString('base64') ?? '',
    },
    jkt: await calculateJwkThumbprint(jwks.device),
    usual,
    sign,
    signText,
    unsigned: (header, claims = {}, signature = '') =>
      `${encode(header)}.${encode({ ...usual(), ...claims })}.${signature}`,
    hmac(secret, alg = 'HS256') {
      const text = `${encode({ alg, kid: 'rsa', typ: 'at+jwt' })}.${encode(usual())}`;
      const mac = createHmac(`sha${alg.slice(2)}`, secret)
        .update(text)
        .digest('base64url');
      return `${text}.${mac}`;
    },
    async bent(change) {
      const parts = (await sign()).split('.');
      change(parts);
      return parts.join('.');
    },
    proof(token, htu, claims = {}, header = {}, key = keys.device.privateKey) {
      const ath = hash('sha256', token, 'base64url');
      const says = { jti: randomUUID(), htm: 'POST', htu, iat: now(), ath, ...claims };
      return signed(says, { alg: 'ES256', typ: 'dpop+jwt', jwk: jwks.device, ...header }, key);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function signed(claims: Members, header: Members, key: KeyObject): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader(header as unknown as JWTHeaderParameters).sign(key);
}
