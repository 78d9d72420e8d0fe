/** Tokens of the bank itself whose claims are wrong: dates, audience, issuer, client, account holder, kind. */
import { AUDIENCE, ISSUER, now } from '../../../support/issuer/token-forge.js';
import type { BadToken } from './bad-token.js';

const DAY = 86_400;

const DATES: readonly BadToken[] = [
  ['expired a minute ago', 'EXPIRED', (f) => f.sign({ iat: now() - 600, exp: now() - 60 })],
  ['expired six seconds ago', 'EXPIRED', (f) => f.sign({ iat: now() - 600, exp: now() - 6 })],
  ['expired in 1970', 'EXPIRED', (f) => f.sign({ exp: 0 })],
  ['exp below nothing', 'EXPIRED', (f) => f.sign({ exp: -1 })],
  ['exp of text', 'DATE_INVALID', (f) => f.sign({ exp: '9999999999' })],
  ['exp of null', 'DATE_INVALID', (f) => f.sign({ exp: null })],
  ['exp of true', 'DATE_INVALID', (f) => f.sign({ exp: true })],
  ['exp in a list', 'DATE_INVALID', (f) => f.sign({ exp: [now() + 600] })],
  ['exp with a fraction', 'DATE_INVALID', (f) => f.sign({ exp: now() + 600.5 })],
  ['exp as an ISO date', 'DATE_INVALID', (f) => f.sign({ exp: '2099-01-01T00:00:00Z' })],
  ['exp beyond all numbers', 'DATE_INVALID', (f) => f.signText(text(f.usual(), 'exp', '1e999'))],
  ['exp of NaN', 'MALFORMED_TOKEN', (f) => f.signText(text(f.usual(), 'exp', 'NaN'))],
  ['no exp', 'DATE_INVALID', (f) => f.sign({ exp: undefined })],
  ['exp in a hundred years', 'LIFETIME_TOO_LONG', (f) => f.sign({ exp: now() + 36_525 * DAY })],
  ['exp in milliseconds', 'LIFETIME_TOO_LONG', (f) => f.sign({ exp: Date.now() + 600_000 })],
  ['exp a second after a day', 'LIFETIME_TOO_LONG', (f) => f.sign({ exp: now() + DAY + 1 })],
  ['iat 0', 'TOO_OLD', (f) => f.sign({ iat: 0 })],
  ['iat below nothing', 'TOO_OLD', (f) => f.sign({ iat: -1 })],
  ['issued two days ago', 'TOO_OLD', (f) => f.sign({ iat: now() - 2 * DAY })],
  ['no iat', 'DATE_INVALID', (f) => f.sign({ iat: undefined })],
  ['iat of text', 'DATE_INVALID', (f) => f.sign({ iat: 'now' })],
  ['iat of digits as text', 'DATE_INVALID', (f) => f.sign({ iat: String(now()) })],
  ['iat of null', 'DATE_INVALID', (f) => f.sign({ iat: null })],
  ['iat of an object', 'DATE_INVALID', (f) => f.sign({ iat: {} })],
  ['iat with a fraction', 'DATE_INVALID', (f) => f.sign({ iat: now() - 0.5 })],
  ['iat beyond all numbers', 'NOT_YET_VALID', (f) => f.signText(text(f.usual(), 'iat', '1e999'))],
  ['iat far below nothing', 'TOO_OLD', (f) => f.signText(text(f.usual(), 'iat', '-1e999'))],
  ['issued in a minute', 'NOT_YET_VALID', (f) => f.sign({ iat: now() + 60 })],
  ['issued in an hour, as if by milliseconds', 'NOT_YET_VALID', (f) => f.sign({ iat: Date.now() })],
  ['nbf in an hour', 'NOT_YET_VALID', (f) => f.sign({ nbf: now() + 3600 })],
  ['nbf of text', 'DATE_INVALID', (f) => f.sign({ nbf: 'now' })],
  ['nbf of null', 'DATE_INVALID', (f) => f.sign({ nbf: null })],
  ['nbf with a fraction', 'DATE_INVALID', (f) => f.sign({ nbf: now() - 60.25 })],
  ['nbf below nothing', 'DATE_INVALID', (f) => f.sign({ nbf: -5 })],
];

const NAMES: readonly BadToken[] = [
  ['another audience', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: 'another-service' })],
  ['no audience', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: undefined })],
  ['an audience of null', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: null })],
  ['an empty audience', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: [] })],
  ['an audience of no letters', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: '' })],
  ['an audience that begins alike', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: `${AUDIENCE}.evil` })],
  ['an audience in another case', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: AUDIENCE.toUpperCase() })],
  ['an audience with a blank', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: `${AUDIENCE} ` })],
  ['an audience of an object', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: { [AUDIENCE]: 1 } })],
  ['an audience in a list in a list', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: [[AUDIENCE]] })],
  ['audiences in one text', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: `${AUDIENCE},other` })],
  ['an audience of none', 'AUDIENCE_DIFFERS', (f) => f.sign({ aud: 'none' })],
  ['another issuer', 'ISSUER_DIFFERS', (f) => f.sign({ iss: 'https://login.evil.example/' })],
  ['an issuer without its slash', 'ISSUER_DIFFERS_BY_SLASH', (f) => f.sign({ iss: ISSUER.slice(0, -1) })],
  ['an issuer with two slashes', 'ISSUER_DIFFERS_BY_SLASH', (f) => f.sign({ iss: `${ISSUER}/` })],
  ['an issuer in another case', 'ISSUER_DIFFERS', (f) => f.sign({ iss: ISSUER.toUpperCase() })],
  ['an issuer in a list', 'ISSUER_DIFFERS', (f) => f.sign({ iss: [ISSUER] })],
  ['an issuer that goes on', 'ISSUER_DIFFERS', (f) => f.sign({ iss: `${ISSUER}tenant` })],
  ['no issuer', 'ISSUER_DIFFERS', (f) => f.sign({ iss: undefined })],
  ['no sub', 'SUBJECT_INVALID', (f) => f.sign({ sub: undefined })],
  ['an empty sub', 'SUBJECT_INVALID', (f) => f.sign({ sub: '' })],
  ['a sub of a number', 'SUBJECT_INVALID', (f) => f.sign({ sub: 1 })],
  ['a sub of a list', 'SUBJECT_INVALID', (f) => f.sign({ sub: ['susan'] })],
  ['a sub of an object', 'SUBJECT_INVALID', (f) => f.sign({ sub: { toString: 'susan' } })],
  ['a sub of 256 characters', 'SUBJECT_INVALID', (f) => f.sign({ sub: 's'.repeat(256) })],
  ['a sub of 10 kB', 'SUBJECT_INVALID', (f) => f.sign({ sub: 's'.repeat(10_000) })],
  ['a sub of null', 'SUBJECT_INVALID', (f) => f.sign({ sub: null })],
  ['another client', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: 'app-3' })],
  ['no client', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: undefined })],
  ['a client that begins alike', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: 'app-1.evil' })],
  ['a client in another case', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: 'APP-1' })],
  ['a client in a list', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: ['app-1'] })],
  ['a client of null', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: null })],
  ['an empty client', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: '' })],
  ['both clients in one text', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: 'app-1,app-2' })],
  ['a client named __proto__', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: '__proto__' })],
  ['another azp beside it', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ azp: 'app-3' })],
  ['an azp of null beside it', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ azp: null })],
  ['another client beside its azp', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: 'x', azp: 'app-1' })],
  ['another appid', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ client_id: undefined, appid: 'app-3' })],
  ['another cid', 'CLIENT_NOT_ALLOWED', (f) => f.sign({ cid: 'app-3' })],
];

const jwt = { typ: 'JWT' };
const untyped = { typ: undefined };

const KINDS: readonly BadToken[] = [
  ['a logout token', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'logout+jwt' })],
  ['a logout token in full', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'application/logout+jwt' })],
  ['a logout token in capitals', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'LOGOUT+JWT' })],
  ['a security event', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'secevent+jwt' })],
  ['a DPoP proof', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'dpop+jwt' })],
  ['a request object', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'oauth-authz-req+jwt' })],
  ['an introspection answer', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'token-introspection+jwt' })],
  ['a type called id_token', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'id_token' })],
  ['a type called none', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'none' })],
  ['an empty type', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: '' })],
  ['a type that begins alike', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'at+jwt;x=1' })],
  ['a type with a blank', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: ' at+jwt' })],
  ['a type of null', 'TYPE_NOT_ALLOWED', (f) => f.signText('{}', '{"alg":"RS256","kid":"rsa","typ":null}')],
  [
    'types in a list',
    'TYPE_NOT_ALLOWED',
    (f) => f.signText('{}', '{"alg":"RS256","kid":"rsa","typ":["at+jwt"]}'),
  ],
  ['a type of another media', 'TYPE_NOT_ALLOWED', (f) => f.sign({}, { typ: 'text/at+jwt' })],
  ['an ID token, by its nonce', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ nonce: 'n' }, jwt)],
  ['an ID token, by its at_hash', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ at_hash: 'h' }, jwt)],
  ['an ID token, by its c_hash', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ c_hash: 'h' }, untyped)],
  ['an ID token, by its s_hash', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ s_hash: 'h' }, untyped)],
  ['an ID token of Cognito', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ token_use: 'id' }, untyped)],
  ['a token_use of another case', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ token_use: 'ACCESS' }, untyped)],
  ['a token_use of null', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ token_use: null })],
  ['an ID token of Keycloak', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ typ: 'ID' }, jwt)],
  ['a refresh token of Keycloak', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ typ: 'Refresh' }, jwt)],
  ['an offline token of Keycloak', 'NOT_AN_ACCESS_TOKEN', (f) => f.sign({ typ: 'Offline' }, jwt)],
  [
    'a logout token without type',
    'NOT_AN_ACCESS_TOKEN',
    (f) => f.sign({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, untyped),
  ],
];

export const BAD_CLAIMS: readonly BadToken[] = [...DATES, ...NAMES, ...KINDS];

/** The claims as JSON, one of them as a text of its own. */
function text(claims: Readonly<Record<string, unknown>>, claim: string, value: string): string {
  return JSON.stringify({ ...claims, [claim]: '@' }).replace('"@"', value);
}
