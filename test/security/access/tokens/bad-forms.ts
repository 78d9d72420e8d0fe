/** Tokens that the bank never made: forged, signed by others, of algorithms and keys that must not count, and no tokens at all. */
import { encode, type TokenForge } from '../../../support/issuer/token-forge.js';
import type { BadToken } from './bad-token.js';

const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64url');
const withHeader = (f: TokenForge, header: unknown) =>
  f.bent((parts) => {
    parts[0] = encode(header);
  });
const withPayload = (f: TokenForge, payload: unknown) =>
  f.bent((parts) => {
    parts[1] = encode(payload);
  });
const stolen = (f: TokenForge, header: Readonly<Record<string, unknown>>) =>
  f.sign({}, header, f.keys.thief.privateKey);

const ALGORITHMS: readonly BadToken[] = [
  ['alg none', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'none' })],
  ['alg None', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'None', kid: 'rsa' })],
  ['alg nOnE, signed', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'nOnE' }, {}, 'c2lnbmF0dXJl')],
  ['no alg', 'MALFORMED_TOKEN', (f) => f.unsigned({ kid: 'rsa' })],
  ['an empty alg', 'MALFORMED_TOKEN', (f) => f.unsigned({ alg: '', kid: 'rsa' })],
  ['alg in a list', 'MALFORMED_TOKEN', (f) => f.unsigned({ alg: ['RS256'], kid: 'rsa' })],
  ['alg of null', 'MALFORMED_TOKEN', (f) => f.unsigned({ alg: null, kid: 'rsa' })],
  ['alg __proto__', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned('{"alg":"__proto__","kid":"rsa"}')],
  ['alg in small letters', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'rs256', kid: 'rsa' })],
  ['alg RS1', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'RS1', kid: 'rsa' }, {}, 'AAAA')],
  ['alg ES256K', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'ES256K', kid: 'ec' }, {}, 'AAAA')],
  ['alg dir', 'ALGORITHM_NOT_ALLOWED', (f) => f.unsigned({ alg: 'dir', enc: 'A128GCM' })],
  ['RS256 without signature', 'SIGNATURE_INVALID', (f) => f.unsigned({ alg: 'RS256', kid: 'rsa' })],
  ['HS256 with the public key as PEM', 'ALGORITHM_NOT_ALLOWED', (f) => f.hmac(pemOf(f))],
  ['HS256 with it as JWK', 'ALGORITHM_NOT_ALLOWED', (f) => f.hmac(JSON.stringify(f.jwks.rsa))],
  ['HS256 with its modulus', 'ALGORITHM_NOT_ALLOWED', (f) => f.hmac(f.jwks.rsa.n ?? '')],
  ['HS256 with nothing', 'ALGORITHM_NOT_ALLOWED', (f) => f.hmac('')],
  ['HS512 with the public key', 'ALGORITHM_NOT_ALLOWED', (f) => f.hmac(pemOf(f), 'HS512')],
  ['the RSA key by another algorithm', 'KEY_UNKNOWN', (f) => withHeader(f, { alg: 'PS256', kid: 'rsa' })],
  ['the EC key by an RSA algorithm', 'KEY_UNKNOWN', (f) => withHeader(f, { alg: 'RS256', kid: 'ec' })],
  ['the EC key by a larger curve', 'KEY_UNKNOWN', (f) => withHeader(f, { alg: 'ES512', kid: 'ec' })],
  ['the EC key by EdDSA', 'KEY_UNKNOWN', (f) => withHeader(f, { alg: 'EdDSA', kid: 'ec' })],
];

const KEYS: readonly BadToken[] = [
  ['another key of the same kid', 'SIGNATURE_INVALID', (f) => stolen(f, {})],
  ['an unknown kid', 'KEY_UNKNOWN', (f) => stolen(f, { kid: 'thief' })],
  ['no kid', 'SIGNATURE_INVALID', (f) => stolen(f, { kid: undefined })],
  ['an empty kid', 'KEY_UNKNOWN', (f) => stolen(f, { kid: '' })],
  ['a kid in another case', 'KEY_UNKNOWN', (f) => f.sign({}, { kid: 'RSA' })],
  ['a kid with a path', 'KEY_UNKNOWN', (f) => stolen(f, { kid: '../../../dev/null' })],
  ['a kid with SQL', 'KEY_UNKNOWN', (f) => stolen(f, { kid: "' OR 1=1 --" })],
  ['a kid of line ends', 'KEY_UNKNOWN', (f) => stolen(f, { kid: '\n{"level":"info"}' })],
  ['a kid of 8 kB', 'KEY_UNKNOWN', (f) => stolen(f, { kid: 'k'.repeat(8000) })],
  ['a kid of a number', 'KEY_UNKNOWN', (f) => f.unsigned({ alg: 'RS256', kid: 1 }, {}, 'AAAA')],
  ['a kid of null', 'KEY_UNKNOWN', (f) => f.unsigned({ alg: 'RS256', kid: null }, {}, 'AAAA')],
  ['its own key inside (jwk)', 'KEY_UNKNOWN', (f) => stolen(f, { kid: 'thief', jwk: f.jwks.thief })],
  ['its own key inside, our kid', 'SIGNATURE_INVALID', (f) => stolen(f, { jwk: f.jwks.thief })],
  [
    'its own key inside, no kid',
    'SIGNATURE_INVALID',
    (f) => stolen(f, { kid: undefined, jwk: f.jwks.thief }),
  ],
  ['the way to its keys', 'KEY_UNKNOWN', (f, url) => stolen(f, { kid: 'thief', jku: `${url}/livez` })],
  ['the way to its keys, our kid', 'SIGNATURE_INVALID', (f, url) => stolen(f, { jku: `${url}/livez` })],
  ['its certificate (x5c)', 'KEY_UNKNOWN', (f) => stolen(f, { kid: 'thief', x5c: ['MIIB'] })],
  ['the way to its certificate', 'KEY_UNKNOWN', (f) => stolen(f, { kid: 'thief', x5u: 'https://x.example' })],
];

const SIGNATURES: readonly BadToken[] = [
  [
    'EC, of nothing but zeros',
    'SIGNATURE_INVALID',
    (f) => f.unsigned({ alg: 'ES256', kid: 'ec' }, {}, zeros(64)),
  ],
  ['EC, in DER', 'SIGNATURE_INVALID', (f) => f.unsigned({ alg: 'ES256', kid: 'ec' }, {}, 'MEUCIQDx')],
  [
    'RSA, of nothing but zeros',
    'SIGNATURE_INVALID',
    (f) => f.unsigned({ alg: 'RS256', kid: 'rsa' }, {}, zeros(256)),
  ],
  ['of 8 kB', 'SIGNATURE_INVALID', (f) => f.unsigned({ alg: 'RS256', kid: 'rsa' }, {}, 'A'.repeat(8000))],
  ['another payload under it', 'SIGNATURE_INVALID', (f) => withPayload(f, { ...f.usual(), sub: 'amir' })],
  [
    'another header before it',
    'SIGNATURE_INVALID',
    (f) => withHeader(f, { alg: 'RS256', kid: 'rsa', typ: 'JWT' }),
  ],
  [
    'a bit flipped',
    'SIGNATURE_INVALID',
    (f) =>
      f.bent((parts) => {
        parts[2] = `${parts[2]?.startsWith('A') ? 'B' : 'A'}${parts[2]?.slice(1)}`;
      }),
  ],
  [
    'cut short',
    'SIGNATURE_INVALID',
    (f) =>
      f.bent((parts) => {
        parts[2] = parts[2]?.slice(0, -4) ?? '';
      }),
  ],
  [
    'plain base64',
    'MALFORMED_TOKEN',
    (f) =>
      f.bent((parts) => {
        parts[2] = `+/${parts[2]?.slice(2)}`;
      }),
  ],
];

const RS256 = { alg: 'RS256', kid: 'rsa' };

const FORMS: readonly BadToken[] = [
  ['two parts', 'MALFORMED_TOKEN', (f) => f.bent((parts) => parts.pop())],
  ['five parts (encrypted)', 'MALFORMED_TOKEN', (f) => f.bent((parts) => parts.push('AAAA', 'AAAA'))],
  ['four parts', 'MALFORMED_TOKEN', (f) => f.bent((parts) => parts.push(''))],
  ['one part', 'MALFORMED_TOKEN', () => 'garbage'],
  ['dots', 'MALFORMED_TOKEN', () => '..'],
  ['a hundred dots', 'MALFORMED_TOKEN', () => '.'.repeat(100)],
  ['a header that is no JSON', 'MALFORMED_TOKEN', (f) => withHeader(f, '{')],
  ['a header of null', 'MALFORMED_TOKEN', (f) => withHeader(f, 'null')],
  ['a header that is a list', 'MALFORMED_TOKEN', (f) => withHeader(f, '[]')],
  ['a header of nothing', 'MALFORMED_TOKEN', (f) => withHeader(f, '')],
  ['a header that is no UTF-8', 'MALFORMED_TOKEN', () => '_w.e30.AAAA'],
  ['a payload that is no JSON', 'SIGNATURE_INVALID', () => `${encode(RS256)}.${encode('{')}.AAAA`],
  ['a payload of null', 'MALFORMED_TOKEN', (f) => f.signText('null')],
  ['a payload that is a list', 'MALFORMED_TOKEN', (f) => f.signText('[]')],
  ['a payload of half a JSON', 'MALFORMED_TOKEN', (f) => f.signText('{"sub":"susan"')],
  ['a payload of nothing', 'MALFORMED_TOKEN', (f) => f.signText('')],
  ['a payload of text', 'MALFORMED_TOKEN', (f) => f.signText('"susan"')],
  [
    'a payload of 12 kB',
    'SIGNATURE_INVALID',
    (f) => f.sign({ x: 'x'.repeat(9000) }, {}, f.keys.thief.privateKey),
  ],
  [
    'base64 with padding',
    'MALFORMED_AUTHORIZATION',
    (f) =>
      f.bent((parts) => {
        parts[1] = `${parts[1]}==`;
      }),
  ],
  [
    'an extension that must be understood',
    'MALFORMED_TOKEN',
    (f) => withHeader(f, { ...RS256, crit: ['exp'], exp: 1 }),
  ],
  [
    'a payload that is not encoded',
    'SIGNATURE_INVALID',
    (f) => withHeader(f, { ...RS256, b64: false, crit: ['b64'] }),
  ],
  ['crit of nothing', 'MALFORMED_TOKEN', (f) => withHeader(f, { ...RS256, crit: [] })],
  ['a card number', 'MALFORMED_TOKEN', () => '5204740000000012'],
];

const header =
  (write: (token: string) => string | string[]) =>
  async (f: TokenForge): Promise<{ readonly authorization: string | string[] }> => ({
    authorization: write(await f.sign()),
  });

const HEADERS: readonly BadToken[] = [
  ['no scheme', 'MALFORMED_AUTHORIZATION', header((token) => token)],
  ['Basic', 'MALFORMED_AUTHORIZATION', header(() => 'Basic c3VzYW46c3VzYW4=')],
  ['a scheme alone', 'MALFORMED_AUTHORIZATION', header(() => 'Bearer')],
  ['a scheme and a blank', 'MALFORMED_AUTHORIZATION', header(() => 'Bearer ')],
  ['nothing', 'MALFORMED_AUTHORIZATION', header(() => '')],
  ['another scheme', 'MALFORMED_AUTHORIZATION', header((token) => `Token ${token}`)],
  ['a scheme that begins alike', 'MALFORMED_AUTHORIZATION', header((token) => `BearerX ${token}`)],
  ['two blanks', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer  ${token}`)],
  ['a tab', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer\t${token}`)],
  ['two tokens', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer ${token} ${token}`)],
  ['two with a comma', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer ${token}, Bearer ${token}`)],
  ['quotes', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer "${token}"`)],
  ['the scheme twice', 'MALFORMED_AUTHORIZATION', header((token) => `Bearer Bearer ${token}`)],
  ['both schemes', 'MALFORMED_AUTHORIZATION', header((token) => `DPoP Bearer ${token}`)],
  ['two headers', 'TWO_AUTHORIZATION_HEADERS', header((token) => [`Bearer ${token}`, `Bearer ${token}`])],
  ['a bad one second', 'TWO_AUTHORIZATION_HEADERS', header((token) => [`Bearer ${token}`, 'Bearer x'])],
  ['a bad one first', 'TWO_AUTHORIZATION_HEADERS', header((token) => ['Bearer x', `Bearer ${token}`])],
  [
    'another scheme second',
    'TWO_AUTHORIZATION_HEADERS',
    header((token) => [`Bearer ${token}`, 'Basic eA==']),
  ],
];

export const BAD_FORMS: readonly BadToken[] = [
  ...ALGORITHMS,
  ...KEYS,
  ...SIGNATURES.map(([name, ...rest]) => [`a signature: ${name}`, ...rest] as const),
  ...FORMS,
  ...HEADERS.map(([name, ...rest]) => [`in a header: ${name}`, ...rest] as const),
];

function pemOf({ keys }: TokenForge): string {
  return keys.rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
