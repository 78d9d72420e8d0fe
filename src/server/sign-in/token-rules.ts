/** What an access token must say of itself, beside what jose looks at: kind, dates, audience, client and account holder. */
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { shown, TokenRefused } from './refusal-reason.js';

export interface TokenRules {
  readonly issuer: string;
  /** One of these must be among a token's own. */
  readonly audiences: readonly string[];
  /** Whether a token without any audience is taken too. */
  readonly withoutAudience: boolean;
  /** Of the header, in lower case and without `application/`; `none` is a header without. */
  readonly types: readonly string[];
  /** Since it was issued, and from then until it ends. */
  readonly maxAgeSeconds: number;
  /** null: every app's. */
  readonly clients: readonly string[] | null;
}

interface Caller {
  readonly accountHolder: string;
  /** The app that the token was issued to; null where it does not say. */
  readonly client: string | null;
}

const MAX_NAME = 255;
/** RFC 9068, OpenID Connect and Keycloak, Entra v1, Okta. */
const CLIENT_CLAIMS = ['client_id', 'azp', 'appid', 'cid'] as const;
/** What only ID tokens have, and logout and event tokens. */
const FOREIGN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'] as const;
/** Keycloak says in a claim, too, what kind of token it is. */
const KIND_CLAIMS: Readonly<Record<string, RegExp>> = {
  typ: /^(?:bearer|dpop|at\+jwt)$/i,
  token_use: /^access$/,
};

/** @throws TokenRefused */
export function requireType({ typ }: JWTHeaderParameters, { types }: TokenRules): void {
  const type = typ === undefined ? 'none' : normalType(typ);
  // Written out, it is no header without.
  const isAllowed = types.includes(type) && (type === 'none') === (typ === undefined);
  if (!isAllowed)
    throw new TokenRefused('TYPE_NOT_ALLOWED', { expected: shown(types.join()), found: shown(typ) });
}

/** jose gives the header as it was written: it need not be text. */
function normalType(typ: unknown): string {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
}

/** For a token whose signature, issuer and times are good. @throws TokenRefused */
export function callerOf(header: JWTHeaderParameters, payload: JWTPayload, rules: TokenRules): Caller {
  requireAccessToken(header, payload);
  requireLifetime(payload, rules);
  requireAudience(payload, rules);
  const client = clientOf(payload, rules);
  if (!isName(payload.sub)) throw new TokenRefused('SUBJECT_INVALID');
  return { accountHolder: payload.sub, client };
}

function requireAccessToken(header: JWTHeaderParameters, payload: JWTPayload): void {
  const kinds = Object.entries(KIND_CLAIMS).filter(([claim]) => payload[claim] !== undefined);
  const other = kinds.find(([claim, allowed]) => !isText(payload[claim], allowed))?.[0];
  // What calls itself an access token may carry a nonce: Keycloak's did until release 25.
  const isCertain = kinds.length > 0 || normalType(header.typ) === 'at+jwt';
  const foreign = isCertain ? undefined : FOREIGN_CLAIMS.find((claim) => payload[claim] !== undefined);
  const because = other ?? foreign;
  if (because !== undefined) throw new TokenRefused('NOT_AN_ACCESS_TOKEN', { because });
}

function isText(claim: unknown, allowed: RegExp): boolean {
  return typeof claim === 'string' && allowed.test(claim);
}

/** jose knows numbers from other things, but takes fractions and what lies before 1970. */
function requireLifetime({ iat, exp, nbf = 0 }: JWTPayload, { maxAgeSeconds }: TokenRules): void {
  if (!isDate(iat) || !isDate(exp) || !isDate(nbf)) throw new TokenRefused('DATE_INVALID');
  if (exp - iat > maxAgeSeconds) {
    const [expected, found] = [`at most ${maxAgeSeconds} s`, `${exp - iat} s`];
    throw new TokenRefused('LIFETIME_TOO_LONG', { expected, found });
  }
}

function isDate(claim: unknown): claim is number {
  return typeof claim === 'number' && Number.isSafeInteger(claim) && claim >= 0;
}

function requireAudience({ aud }: JWTPayload, { audiences, withoutAudience }: TokenRules): void {
  if (aud === undefined && withoutAudience) return;
  const named: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.some((audience) => named.includes(audience))) return;
  const expected = [...audiences, ...(withoutAudience ? ['none'] : [])].join();
  throw new TokenRefused('AUDIENCE_DIFFERS', { expected: shown(expected), found: shown(aud) });
}

/** Where a token names several, each must be allowed, and the first is the one that is counted. */
function clientOf(payload: JWTPayload, { clients }: TokenRules): string | null {
  const named = CLIENT_CLAIMS.map((claim) => payload[claim]).filter((client) => client !== undefined);
  const names = named.filter(isName);
  const isAllowed = named.length > 0 && named.every((client) => isName(client) && clients?.includes(client));
  if (clients !== null && !isAllowed) {
    throw new TokenRefused('CLIENT_NOT_ALLOWED', {
      found: named.length === 0 ? 'nothing' : named.map(shown).join(),
    });
  }
  return names[0] ?? null;
}

function isName(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '' && claim.length <= MAX_NAME;
}
