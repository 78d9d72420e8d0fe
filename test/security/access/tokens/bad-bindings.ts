/** Tokens that are bound to a key (DPoP) or a certificate, used by somebody who does not show that he has it. */
import { randomUUID } from 'node:crypto';
import { type Members, now, type TokenForge } from '../../../support/issuer/token-forge.js';
import type { BadToken, Headers } from './bad-token.js';

const bound = (f: TokenForge, cnf: unknown = { jkt: f.jkt }) => f.sign({ cnf });
const bearer =
  (cnf: (f: TokenForge) => unknown, more: Headers | ((f: TokenForge) => Headers) = {}) =>
  async (f: TokenForge): Promise<Headers> => ({
    authorization: `Bearer ${await bound(f, cnf(f))}`,
    ...(typeof more === 'function' ? more(f) : more),
  });

/** With a proof that is good but for what is put over it. */
const proved =
  (
    claims: (f: TokenForge, url: string) => Members = () => ({}),
    header: (f: TokenForge) => Members = () => ({}),
    key: 'device' | 'other' | 'rsa' = 'device',
  ) =>
  async (f: TokenForge, url: string): Promise<Headers> => {
    const token = await bound(f);
    const { privateKey } = f.keys[key];
    const dpop = await f.proof(token, `${url}/graphql`, claims(f, url), header(f), privateKey);
    return { authorization: `DPoP ${token}`, dpop };
  };
const withDpop =
  (write: (proof: string) => string | string[]) =>
  async (f: TokenForge, url: string): Promise<Headers> => {
    const { dpop, ...rest } = await proved()(f, url);
    return { ...rest, dpop: write(String(dpop)) };
  };

const MEMBERS: readonly BadToken[] = [
  ['cnf of null', 'CONFIRMATION_UNKNOWN', bearer(() => null)],
  ['cnf of text', 'CONFIRMATION_UNKNOWN', bearer(() => 'jkt')],
  ['cnf in a list', 'CONFIRMATION_UNKNOWN', bearer((f) => [{ jkt: f.jkt }])],
  ['an empty cnf', 'CONFIRMATION_UNKNOWN', bearer(() => ({}))],
  ['a cnf with a key (jwk)', 'CONFIRMATION_UNKNOWN', bearer((f) => ({ jwk: f.jwks.device }))],
  ['a cnf with a kid', 'CONFIRMATION_UNKNOWN', bearer(() => ({ kid: 'device' }))],
  ['a cnf with a jku', 'CONFIRMATION_UNKNOWN', bearer(() => ({ jku: 'https://x.example/keys' }))],
  ['a cnf with jkt and more', 'CONFIRMATION_UNKNOWN', bearer((f) => ({ jkt: f.jkt, kid: 'device' }))],
  ['a jkt of null', 'CONFIRMATION_UNKNOWN', bearer(() => ({ jkt: null }))],
  ['an empty jkt', 'CONFIRMATION_UNKNOWN', bearer(() => ({ jkt: '' }))],
  ['a jkt that is too short', 'CONFIRMATION_UNKNOWN', bearer((f) => ({ jkt: f.jkt.slice(1) }))],
  ['a certificate of SHA-1', 'CONFIRMATION_UNKNOWN', bearer(() => ({ x5t: 'a'.repeat(27) }))],
  ['a cnf named __proto__', 'CONFIRMATION_UNKNOWN', (f) => f.signText(withProto(f))],
];

const PROOFS: readonly BadToken[] = [
  ['bound to a key, as bearer', 'BOUND_TOKEN_AS_BEARER', bearer((f) => ({ jkt: f.jkt }))],
  [
    'bound to a key, as bearer, with its proof',
    'BOUND_TOKEN_AS_BEARER',
    async (f, url) => {
      const { authorization, dpop } = await proved()(f, url);
      return { authorization: String(authorization).replace('DPoP', 'Bearer'), dpop: String(dpop) };
    },
  ],
  [
    'bound to none, as DPoP',
    'UNBOUND_TOKEN_AS_DPOP',
    async (f, url) => {
      const token = await f.sign();
      return { authorization: `DPoP ${token}`, dpop: await f.proof(token, `${url}/graphql`) };
    },
  ],
  [
    'bound to none, as DPoP, no proof',
    'UNBOUND_TOKEN_AS_DPOP',
    async (f) => ({ authorization: `DPoP ${await f.sign()}` }),
  ],
  ['without proof', 'PROOF_MISSING', async (f) => ({ authorization: `DPoP ${await bound(f)}` })],
  ['two proofs', 'PROOF_INVALID', withDpop((proof) => [proof, proof])],
  ['two proofs with a comma', 'PROOF_INVALID', withDpop((proof) => `${proof}, ${proof}`)],
  ['an empty proof', 'PROOF_INVALID', withDpop(() => '')],
  ['a proof of garbage', 'PROOF_INVALID', withDpop(() => 'garbage')],
  ['a proof cut short', 'PROOF_INVALID', withDpop((proof) => proof.slice(0, -6))],
  ['a proof without signature', 'PROOF_INVALID', withDpop((proof) => proof.replace(/[^.]*$/, ''))],
  [
    'the token as its proof',
    'PROOF_INVALID',
    async (f) => {
      const token = await bound(f);
      return { authorization: `DPoP ${token}`, dpop: token };
    },
  ],
  ['a proof of type JWT', 'PROOF_INVALID', proved(undefined, () => ({ typ: 'JWT' }))],
  ['a proof without type', 'PROOF_INVALID', proved(undefined, () => ({ typ: undefined }))],
  ['a proof by another key', 'PROOF_INVALID', proved(undefined, (f) => ({ jwk: f.jwks.other }), 'other')],
  ['a proof by another key, ours inside', 'PROOF_INVALID', proved(undefined, undefined, 'other')],
  [
    'a proof by the bank',
    'PROOF_INVALID',
    proved(undefined, (f) => ({ alg: 'RS256', jwk: f.jwks.rsa }), 'rsa'),
  ],
  ['a proof without its key', 'PROOF_INVALID', proved(undefined, () => ({ jwk: undefined }))],
  ['a proof with a key of text', 'PROOF_INVALID', proved(undefined, () => ({ jwk: 'key' }))],
  ['a proof with a key of null', 'PROOF_INVALID', proved(undefined, () => ({ jwk: null }))],
  [
    'a proof with the private key inside',
    'PROOF_INVALID',
    proved(undefined, (f) => ({ jwk: f.keys.device.privateKey.export({ format: 'jwk' }) })),
  ],
  [
    'a proof with a part of a private key inside',
    'PROOF_INVALID',
    proved(undefined, (f) => ({ jwk: { ...f.jwks.device, k: 'AAAA' } })),
  ],
  [
    'a proof that names its key alone',
    'PROOF_INVALID',
    proved(undefined, () => ({ jwk: undefined, kid: 'device' })),
  ],
  ['a proof for GET', 'PROOF_INVALID', proved(() => ({ htm: 'GET' }))],
  ['a proof for post in small letters', 'PROOF_INVALID', proved(() => ({ htm: 'post' }))],
  ['a proof without method', 'PROOF_INVALID', proved(() => ({ htm: undefined }))],
  ['a proof for another path', 'PROOF_INVALID', proved((_, url) => ({ htu: `${url}/callback` }))],
  ['a proof for the root', 'PROOF_INVALID', proved((_, url) => ({ htu: url }))],
  ['a proof for another host', 'PROOF_INVALID', proved(() => ({ htu: 'https://evil.example/graphql' }))],
  ['a proof for another port', 'PROOF_INVALID', proved(() => ({ htu: 'http://127.0.0.1:1/graphql' }))],
  [
    'a proof for another scheme',
    'PROOF_INVALID',
    proved((_, url) => ({ htu: `${url.replace('http', 'https')}/graphql` })),
  ],
  ['a proof for our path alone', 'PROOF_INVALID', proved(() => ({ htu: '/graphql' }))],
  [
    'a proof with a user name',
    'PROOF_INVALID',
    proved((_, url) => ({ htu: `${url.replace('//', '//u@')}/graphql` })),
  ],
  ['a proof without URL', 'PROOF_INVALID', proved(() => ({ htu: undefined }))],
  ['a proof for a list of URLs', 'PROOF_INVALID', proved((_, url) => ({ htu: [`${url}/graphql`] }))],
  ['a proof of two minutes ago', 'PROOF_INVALID', proved(() => ({ iat: now() - 120 }))],
  ['a proof in two minutes', 'PROOF_INVALID', proved(() => ({ iat: now() + 120 }))],
  ['a proof of no time', 'PROOF_INVALID', proved(() => ({ iat: undefined }))],
  ['a proof of a time of text', 'PROOF_INVALID', proved(() => ({ iat: String(now()) }))],
  ['a proof of a fraction', 'PROOF_INVALID', proved(() => ({ iat: now() - 0.5 }))],
  ['a proof for another token', 'PROOF_INVALID', proved(() => ({ ath: 'a'.repeat(43) }))],
  ['a proof for no token', 'PROOF_INVALID', proved(() => ({ ath: undefined }))],
  ['a proof without id', 'PROOF_INVALID', proved(() => ({ jti: undefined }))],
  ['a proof with an empty id', 'PROOF_INVALID', proved(() => ({ jti: '' }))],
  ['a proof with an id of a number', 'PROOF_INVALID', proved(() => ({ jti: 1 }))],
  ['a proof that has ended', 'PROOF_INVALID', proved(() => ({ exp: now() - 120, jti: randomUUID() }))],
];

const certified =
  (value: (f: TokenForge) => string | string[] | undefined) =>
  async (f: TokenForge): Promise<Headers> => {
    const header = value(f);
    const authorization = `Bearer ${await bound(f, { 'x5t#S256': f.certificate.thumbprint })}`;
    return header === undefined ? { authorization } : { authorization, 'client-cert': header };
  };

const CERTIFICATES: readonly BadToken[] = [
  ['bound to a certificate, without', 'CERTIFICATE_MISSING', certified(() => undefined)],
  ['another certificate', 'CERTIFICATE_DIFFERS', certified((f) => `:${f.certificate.otherBase64}:`)],
  [
    'two certificates',
    'CERTIFICATE_MISSING',
    certified(({ certificate: { base64, otherBase64 } }) => [`:${base64}:`, `:${otherBase64}:`]),
  ],
  [
    'the same twice',
    'CERTIFICATE_MISSING',
    certified(({ certificate: { base64 } }) => [`:${base64}:`, `:${base64}:`]),
  ],
  [
    'two in one header',
    'CERTIFICATE_MISSING',
    certified(({ certificate: { base64 } }) => `:${base64}:, :${base64}:`),
  ],
  ['an empty certificate', 'CERTIFICATE_MISSING', certified(() => '')],
  ['a certificate of garbage', 'CERTIFICATE_MISSING', certified(() => ':AAAA:')],
  [
    'a certificate cut short',
    'CERTIFICATE_MISSING',
    certified((f) => `:${f.certificate.base64.slice(0, -8)}:`),
  ],
  ['its thumbprint alone', 'CERTIFICATE_MISSING', certified((f) => f.certificate.thumbprint)],
  ['a colon too few', 'CERTIFICATE_MISSING', certified((f) => `:${f.certificate.base64}`)],
  [
    'a per cent too many',
    'CERTIFICATE_MISSING',
    certified((f) => `${encodeURIComponent(f.certificate.pem)}%`),
  ],
  [
    'the certificate for a token of a key',
    'BOUND_TOKEN_AS_BEARER',
    bearer(
      (f) => ({ jkt: f.jkt }),
      (f) => ({ 'client-cert': `:${f.certificate.base64}:` }),
    ),
  ],
  [
    'the proof alone for a token of both',
    'CERTIFICATE_MISSING',
    async (f, url) => {
      const token = await bound(f, { jkt: f.jkt, 'x5t#S256': f.certificate.thumbprint });
      return { authorization: `DPoP ${token}`, dpop: await f.proof(token, `${url}/graphql`) };
    },
  ],
  [
    'the certificate alone for a token of both',
    'PROOF_MISSING',
    async (f) => {
      const token = await bound(f, { jkt: f.jkt, 'x5t#S256': f.certificate.thumbprint });
      return { authorization: `DPoP ${token}`, 'client-cert': `:${f.certificate.base64}:` };
    },
  ],
];

export const BAD_BINDINGS: readonly BadToken[] = [...MEMBERS, ...PROOFS, ...CERTIFICATES];

/** JSON.parse makes a member of it, and no prototype. */
function withProto(f: TokenForge): string {
  return JSON.stringify({ ...f.usual(), cnf: '@' }).replace('"@"', '{"__proto__":{"jkt":"x"}}');
}
