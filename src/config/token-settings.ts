/** The AUTH_ settings: who issues access tokens, and which of them are taken. */
import type { Outward, ProxySettings } from '../domain/network/outward.js';
import { readTlsSettings } from './network/tls-settings.js';
import { embedsSignIn } from './rules/embedded-rules.js';
import type { SettingReader } from './setting-reader.js';

export interface AuthSettings {
  readonly issuer: string;
  /** One of these must be among a token's own. */
  readonly audiences: readonly string[];
  /** Whether a token without any audience is taken too. */
  readonly withoutAudience: boolean;
  readonly jwksUrl: string;
  /** How the keys are fetched; absent: straight, trusting the usual authorities. */
  readonly outward?: Outward;
}

export interface TokenSettings {
  /** Of the header, in lower case and without `application/`; `none` is a header without. */
  readonly types: readonly string[];
  readonly maxAgeSeconds: number;
  /** null: every app's. */
  readonly clients: readonly string[] | null;
  /** In lower case; null: no proxy passes client certificates on. */
  readonly certificateHeader: string | null;
}

const AUTH = ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'] as const;
const NONE = 'none';
const DEFAULT_TYPES = ['at+jwt', 'jwt', NONE];
/** JWTs that say something else than who may ask. */
const NEVER_TYPES: readonly string[] = [
  'dpop+jwt',
  'logout+jwt',
  'secevent+jwt',
  'id_token',
  'id+jwt',
  'oauth-authz-req+jwt',
  'token-introspection+jwt',
  'entity-statement+jwt',
  'kb+jwt',
];
/** What the tokens of the demo sign-in are. */
const DEMO = { type: 'at+jwt', lifetimeSeconds: 3600 };
const DAY_MS = 86_400_000;
const LONGEST_MS = 30 * DAY_MS;
const HEADER_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
const OWN_HEADERS: readonly string[] = [
  'authorization',
  'dpop',
  'cookie',
  'host',
  'forwarded',
  'x-forwarded-for',
];

/** null: the demo sign-in, or a fault has been noted. */
export async function readAuth(
  reader: SettingReader,
  proxy: ProxySettings | null,
): Promise<AuthSettings | null> {
  const tls = await readTlsSettings(reader, 'AUTH_JWKS');
  if (!AUTH.some((name) => reader.has(name))) return null;
  const why = 'to check access tokens: issuer, audience and keys belong together';
  const issuer = reader.requiredText('AUTH_ISSUER', why);
  reader.requiredText('AUTH_AUDIENCE', why);
  reader.requiredText('AUTH_JWKS_URL', why);
  const named = reader.list('AUTH_AUDIENCE');
  const jwksUrl = reader.documentUrl('AUTH_JWKS_URL');
  const withoutAudience = named?.includes(NONE) ?? false;
  if (named?.length === 0) reader.fault('AUTH_AUDIENCE must list what tokens for the gateway have as aud.');
  if (withoutAudience) {
    reader.requiredText(
      'AUTH_CLIENTS',
      'where AUTH_AUDIENCE holds none: without audience the client alone says whose tokens they are',
    );
  }
  if (issuer === null || named === null || jwksUrl === null) return null;
  const audiences = named.filter((audience) => audience !== NONE);
  return { issuer, audiences, withoutAudience, jwksUrl, outward: { proxy, tls } };
}

export function readTokenSettings(reader: SettingReader): TokenSettings {
  const settings = {
    types: readTypes(reader),
    maxAgeSeconds: readMaxAge(reader),
    clients: readClients(reader),
    certificateHeader: readCertificateHeader(reader),
  };
  if (embedsSignIn(reader)) requireRoomForDemo(settings, reader);
  return settings;
}

/** They hold for the tokens of the demo sign-in too, which are of one kind. */
function requireRoomForDemo({ types, maxAgeSeconds, clients }: TokenSettings, reader: SettingReader): void {
  const beside = 'beside the demo sign-in, all of whose tokens would be refused';
  if (!types.includes(DEMO.type)) reader.fault(`AUTH_TOKEN_TYPES must list ${DEMO.type} ${beside}.`);
  if (maxAgeSeconds < DEMO.lifetimeSeconds) reader.fault(`AUTH_MAX_TOKEN_AGE must be 1h at least ${beside}.`);
  if (clients !== null) reader.fault(`AUTH_CLIENTS must not be set ${beside}: they name no client.`);
}

function readTypes(reader: SettingReader): readonly string[] {
  const list = reader.list('AUTH_TOKEN_TYPES');
  if (list === null) return DEFAULT_TYPES;
  const types = list.map((type) => type.toLowerCase().replace(/^application\//, ''));
  const wrong = types.filter((type) => NEVER_TYPES.includes(type) || !/^[a-z0-9][a-z0-9.+_-]*$/.test(type));
  if (types.length === 0 || wrong.length > 0) {
    reader.fault(
      'AUTH_TOKEN_TYPES must list what access tokens have as typ, like at+jwt, JWT and none (for no typ), comma-separated; never the types of other tokens, like logout+jwt.',
    );
  }
  return types;
}

function readMaxAge(reader: SettingReader): number {
  const milliseconds = reader.duration('AUTH_MAX_TOKEN_AGE', DAY_MS);
  if (milliseconds > LONGEST_MS) {
    reader.fault('AUTH_MAX_TOKEN_AGE must be 30d at most: a token that leaks is good until it ends.');
  }
  return milliseconds / 1000;
}

function readClients(reader: SettingReader): readonly string[] | null {
  const list = reader.list('AUTH_CLIENTS');
  if (list?.length === 0) reader.fault('AUTH_CLIENTS must list client ids, comma-separated.');
  return list;
}

function readCertificateHeader(reader: SettingReader): string | null {
  const name = reader.text('AUTH_CLIENT_CERT_HEADER')?.toLowerCase() ?? null;
  if (name === null) return null;
  if (!HEADER_NAME.test(name) || OWN_HEADERS.includes(name)) {
    reader.fault(
      'AUTH_CLIENT_CERT_HEADER must be the name of the header in which your proxy passes client certificates on, like Client-Cert.',
    );
  }
  reader.requiredText(
    'TRUSTED_PROXIES',
    'where AUTH_CLIENT_CERT_HEADER is set: nobody else may say whose certificate a client has',
  );
  return name;
}
