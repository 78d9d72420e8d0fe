/** Access tokens in the form in which sign-ins that banks use make them, the settings that docs/operating.md names for each, and tokens of theirs that are refused. */
import type { RefusalReason } from '../../../../src/server/sign-in/refusal-reason.js';
import { type Members, now } from '../../../support/issuer/token-forge.js';

const TENANT = '8a1f3a52-0b9d-4c7e-9a60-2f4d6c1b7e11';
const API = 'b2a6d0b4-6d0f-4f0e-8a55-3d1f9a0c7c20';
const APP = '5e0c7a1d-91c3-4c0b-b7b4-77f1e3f0a9d2';
const HOLDER = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

interface Provider {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Beside alg and kid. */
  readonly header: Members;
  readonly payload: Members;
  /** What is put over them, and what comes of it. */
  readonly refused: Readonly<
    Record<string, readonly [RefusalReason, { readonly header?: Members; readonly payload?: Members }]>
  >;
}

const times = (seconds: number) => ({ iat: now(), exp: now() + seconds });

/** Made when they are asked for: their times are of then. */
export const providers = (): readonly Provider[] => [
  {
    name: 'Keycloak',
    settings: {
      AUTH_ISSUER: 'https://sso.bank.example/realms/cards',
      AUTH_AUDIENCE: 'token-connect-gateway',
      AUTH_CLIENTS: 'mobile-app',
    },
    header: { typ: 'JWT' },
    payload: {
      ...times(300),
      auth_time: now() - 20,
      jti: 'onrtac:2f0e8d5c-6f2f-4a5a-9d50-0b8f9a7be6d1',
      iss: 'https://sso.bank.example/realms/cards',
      aud: ['token-connect-gateway', 'account'],
      sub: HOLDER,
      typ: 'Bearer',
      azp: 'mobile-app',
      sid: '0c0a6b3e-1f0f-4a43-8b3f-b1f1c3c7f2aa',
      acr: '1',
      'allowed-origins': ['https://www.bank.example'],
      realm_access: { roles: ['offline_access', 'default-roles-cards'] },
      resource_access: { account: { roles: ['manage-account'] } },
      scope: 'openid push:write',
      email_verified: true,
      preferred_username: 'susan',
    },
    refused: {
      'without an audience mapper': ['AUDIENCE_DIFFERS', { payload: { aud: 'account' } }],
      'its ID token': ['NOT_AN_ACCESS_TOKEN', { payload: { typ: 'ID', aud: 'mobile-app', at_hash: 'x' } }],
      'another client': ['CLIENT_NOT_ALLOWED', { payload: { azp: 'admin-cli' } }],
    },
  },
  {
    name: 'Auth0',
    settings: {
      AUTH_ISSUER: 'https://bank.eu.auth0.com/',
      AUTH_AUDIENCE: 'https://cards.bank.example',
      AUTH_CLIENTS: 'qW3rTy7uIoP9aSdFgHjK1lZxCvBnM5eR',
    },
    header: { typ: 'JWT' },
    payload: {
      iss: 'https://bank.eu.auth0.com/',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      aud: ['https://cards.bank.example', 'https://bank.eu.auth0.com/userinfo'],
      ...times(86_400),
      scope: 'openid profile push:write',
      azp: 'qW3rTy7uIoP9aSdFgHjK1lZxCvBnM5eR',
      permissions: ['push:write'],
    },
    refused: {
      'for its userinfo alone': [
        'AUDIENCE_DIFFERS',
        { payload: { aud: 'https://bank.eu.auth0.com/userinfo' } },
      ],
      'of 30 days': ['LIFETIME_TOO_LONG', { payload: times(2_592_000) }],
      'the issuer without slash': [
        'ISSUER_DIFFERS_BY_SLASH',
        { payload: { iss: 'https://bank.eu.auth0.com' } },
      ],
    },
  },
  {
    name: 'Auth0, RFC 9068 profile',
    settings: {
      AUTH_ISSUER: 'https://bank.eu.auth0.com/',
      AUTH_AUDIENCE: 'https://cards.bank.example',
      AUTH_CLIENTS: 'qW3rTy7uIoP9aSdFgHjK1lZxCvBnM5eR',
      AUTH_TOKEN_TYPES: 'at+jwt',
    },
    header: { typ: 'at+jwt' },
    payload: {
      iss: 'https://bank.eu.auth0.com/',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      aud: 'https://cards.bank.example',
      ...times(7200),
      scope: 'push:write',
      jti: 'fBWNvqzLSqzZRg7FsyaY2H',
      client_id: 'qW3rTy7uIoP9aSdFgHjK1lZxCvBnM5eR',
    },
    refused: { 'its ID token': ['TYPE_NOT_ALLOWED', { header: { typ: 'JWT' } }] },
  },
  {
    name: 'Entra ID, v1 tokens',
    settings: {
      AUTH_ISSUER: `https://sts.windows.net/${TENANT}/`,
      AUTH_AUDIENCE: `api://${API}`,
      AUTH_CLIENTS: APP,
    },
    header: { typ: 'JWT', x5t: 'L1KfKFI_jnXbwWc22xZxw1sUHH0' },
    payload: {
      aud: `api://${API}`,
      iss: `https://sts.windows.net/${TENANT}/`,
      iat: now() - 300,
      nbf: now() - 300,
      exp: now() + 4500,
      acr: '1',
      aio: 'AVQAq/8TAAAA',
      amr: ['pwd', 'mfa'],
      appid: APP,
      appidacr: '0',
      ipaddr: '192.0.2.7',
      oid: HOLDER,
      rh: '0.AXkA',
      scp: 'push.write',
      sub: 'Hk3vV0Jx0n3sQ3nJmT1uWf4o7Zc2pY9rXqB8dL5eA6g',
      tid: TENANT,
      upn: 'susan@bank.example',
      uti: 'n2XcFzq0u0eLh5N2',
      ver: '1.0',
    },
    refused: {
      'of another tenant': [
        'ISSUER_DIFFERS',
        { payload: { iss: 'https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/' } },
      ],
      'a v2 token': [
        'ISSUER_DIFFERS',
        { payload: { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` } },
      ],
      'for Microsoft Graph': [
        'AUDIENCE_DIFFERS',
        { payload: { aud: '00000003-0000-0000-c000-000000000000' } },
      ],
    },
  },
  {
    name: 'Entra ID, v2 tokens',
    settings: {
      AUTH_ISSUER: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      AUTH_AUDIENCE: API,
      AUTH_CLIENTS: APP,
    },
    header: { typ: 'JWT' },
    payload: {
      aud: API,
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      iat: now() - 300,
      nbf: now() - 300,
      exp: now() + 4500,
      aio: 'AVQAq/8TAAAA',
      azp: APP,
      azpacr: '0',
      name: 'Susan',
      oid: HOLDER,
      preferred_username: 'susan@bank.example',
      rh: '0.AXkA',
      scp: 'push.write',
      sub: 'Hk3vV0Jx0n3sQ3nJmT1uWf4o7Zc2pY9rXqB8dL5eA6g',
      tid: TENANT,
      uti: 'n2XcFzq0u0eLh5N2',
      ver: '2.0',
    },
    refused: {
      'of another app': ['CLIENT_NOT_ALLOWED', { payload: { azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264' } }],
      'its ID token': [
        'CLIENT_NOT_ALLOWED',
        { payload: { azp: undefined, azpacr: undefined, scp: undefined } },
      ],
    },
  },
  {
    name: 'Okta',
    settings: {
      AUTH_ISSUER: 'https://bank.okta.com/oauth2/default',
      AUTH_AUDIENCE: 'api://default',
      AUTH_CLIENTS: '0oa1b2c3d4E5f6G7h8i9',
    },
    header: {},
    payload: {
      ver: 1,
      jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
      iss: 'https://bank.okta.com/oauth2/default',
      aud: 'api://default',
      ...times(3600),
      cid: '0oa1b2c3d4E5f6G7h8i9',
      uid: '00u1a2B3c4D5e6F7g8h9',
      scp: ['openid', 'push.write'],
      auth_time: now() - 60,
      sub: 'susan@bank.example',
    },
    refused: {
      'of the org server': [
        'ISSUER_DIFFERS',
        { payload: { iss: 'https://bank.okta.com', aud: 'https://bank.okta.com' } },
      ],
      'another client': ['CLIENT_NOT_ALLOWED', { payload: { cid: '0oa9z8y7x6W5v4U3t2s1' } }],
    },
  },
  {
    name: 'Amazon Cognito',
    settings: {
      AUTH_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
      AUTH_AUDIENCE: 'none',
      AUTH_CLIENTS: '6abcdefghijk7lmnop8qrstuv9',
    },
    header: { typ: undefined },
    payload: {
      sub: HOLDER,
      'cognito:groups': ['cardholders'],
      iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
      version: 2,
      client_id: '6abcdefghijk7lmnop8qrstuv9',
      origin_jti: '0b1f5a2e-79b5-4e3d-8f4c-3c7a1c7b8d1f',
      token_use: 'access',
      scope: 'openid cards/push.write',
      auth_time: now() - 5,
      ...times(86_400),
      jti: 'a0c5f6be-8c64-4c0a-b1a8-6f2a9f0b7d33',
      username: 'susan',
    },
    refused: {
      'its ID token': [
        'NOT_AN_ACCESS_TOKEN',
        { payload: { token_use: 'id', aud: '6abcdefghijk7lmnop8qrstuv9', client_id: undefined } },
      ],
      'another client': ['CLIENT_NOT_ALLOWED', { payload: { client_id: '1zyxwvutsrqp2onmlkji3hgfed' } }],
      'for a resource that is not ours': [
        'AUDIENCE_DIFFERS',
        { payload: { aud: 'https://other.bank.example' } },
      ],
    },
  },
  {
    name: 'PingOne',
    settings: {
      AUTH_ISSUER: `https://auth.pingone.eu/${TENANT}/as`,
      AUTH_AUDIENCE: 'https://cards.bank.example',
      AUTH_CLIENTS: APP,
    },
    header: {},
    payload: {
      client_id: APP,
      iss: `https://auth.pingone.eu/${TENANT}/as`,
      jti: '6a8c1d6b-1a0b-4f8f-9a56-5d7c4d7a6f20',
      ...times(3600),
      aud: ['https://cards.bank.example'],
      scope: 'push:write',
      sub: HOLDER,
      sid: '2c1f4f8e-1cb1-4f7d-91b0-5a6f0f0c2a10',
      env: TENANT,
      org: '9d3c1f60-2b1f-4f0e-b7a1-0a1b2c3d4e5f',
    },
    refused: {
      'for its own API': ['AUDIENCE_DIFFERS', { payload: { aud: ['https://api.pingone.eu'] } }],
    },
  },
  {
    name: 'PingFederate',
    settings: {
      AUTH_ISSUER: 'https://sso.bank.example',
      AUTH_AUDIENCE: 'https://cards.bank.example',
      AUTH_CLIENTS: 'mobile-app',
    },
    header: { 'pi.atm': '5' },
    payload: {
      scope: ['push:write'],
      client_id: 'mobile-app',
      iss: 'https://sso.bank.example',
      aud: 'https://cards.bank.example',
      sub: 'susan',
      jti: 'k1SxTtq8',
      ...times(7200),
    },
    refused: {
      'without the time of issue': ['DATE_INVALID', { payload: { iat: undefined } }],
      'without subject': ['SUBJECT_INVALID', { payload: { sub: undefined } }],
    },
  },
];
