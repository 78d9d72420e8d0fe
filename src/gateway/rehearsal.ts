/**
 * Answers pickers before anybody asks, by a gateway of its own on this machine whose MDES and sign-in are played here too: code that
 * has never run takes many times as long.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { Client } from 'undici';
import type { Config } from '../config/config.js';
import type { MdesIdentity } from '../config/mdes-identity.js';
import type { AccountRange } from '../domain/account-range.js';
import { inBatches } from '../domain/answers.js';
import { SCOPES } from '../domain/grant.js';
import { Secret } from '../domain/secret.js';
import type { Logger } from '../observability/logger.js';
import { exchange } from '../resilience/http-exchange.js';
import { WARM_PATIENCE_MS } from '../resilience/time-limits.js';

interface Stage {
  readonly url: string;
  close(): Promise<void>;
}

export interface RehearsalDeps {
  /** Opens a gateway that says nothing. */
  readonly open: (config: Config) => Promise<Stage>;
  readonly log: Logger;
}

/** As they are, embedded or not. */
export interface Rehearsed {
  readonly config: Config;
  readonly identity: MdesIdentity;
  readonly accountRanges: readonly AccountRange[];
}

const NAME = 'rehearsal';
const MOST_RANGES = 25;
const RANGES_AT_A_TIME = 5;
const REQUESTORS = 24;
/** More than is asked. */
const MOST_REQUESTS = 1000;
const MAX_ANSWER_BYTES = 1_000_000;
const LIST = `id name consumerFacingEntityName type walletId imageAssetId supportedPushMethods supportsMultiplePushedCards
  supportedAccountHolderData supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData logo { id svgUrl pngUrl }`;

/** Asks nobody but itself. Never rejects: what goes wrong here will say so again when somebody asks. */
export async function rehearse({ open, log }: RehearsalDeps, rehearsed: Rehearsed): Promise<void> {
  const startedAt = performance.now();
  try {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const ranges = rehearsed.accountRanges.slice(0, MOST_RANGES);
    const standIn = await playOthers(ranges, { ...(await exportJWK(publicKey)), kid: NAME, use: 'sig' });
    try {
      const stage = await open(practice(rehearsed, ranges, standIn.url));
      try {
        const token = await new SignJWT({ scope: SCOPES.join(' '), client_id: NAME })
          .setProtectedHeader({ alg: 'ES256', kid: NAME, typ: 'at+jwt' })
          .setIssuer(standIn.url)
          .setAudience(NAME)
          .setSubject(NAME)
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(privateKey);
        await askAll(stage.url, token, ranges);
      } finally {
        await stage.close();
      }
    } finally {
      await standIn.close();
    }
    log.debug({ ms: Math.round(performance.now() - startedAt) }, 'rehearsed an answer');
  } catch (error) {
    log.warn({ err: error }, 'the rehearsal of an answer failed');
  }
}

/**
 * What has run once is still slow, and what has run twice is compiled while the first caller waits: a few ranges at a time come from
 * MDES, each by a document of its own. The last answer is asked for twice.
 */
async function askAll(url: string, token: string, ranges: readonly AccountRange[]): Promise<void> {
  const asked = (fields: string, accountRanges: readonly AccountRange[], at = 0) => ({
    query: `query Rehearsal${at}($accountRanges: [AccountRange!]) { tokenRequestors(accountRanges: $accountRanges) { ${fields} } }`,
    variables: { accountRanges },
  });
  const parts = inBatches(ranges, RANGES_AT_A_TIME).map((part, at) => asked(LIST, part, at));
  const all = asked(`${LIST} enabledAccountRanges`, ranges);
  const client = new Client(url);
  try {
    for (const question of [...parts, all, all]) {
      const { status, body } = await exchange(client, {
        method: 'POST',
        path: '/graphql',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: Buffer.from(JSON.stringify(question)),
        signal: AbortSignal.timeout(WARM_PATIENCE_MS),
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
      const answer = body?.toString('utf8') ?? '';
      if (status !== 200 || answer.includes('"errors"')) throw new Error(`HTTP ${status}: ${answer}`);
    }
  } finally {
    await client.close();
  }
}

/** The same but for its surroundings: nothing of it is logged, kept or counted. */
function practice({ config, identity }: Rehearsed, ranges: readonly AccountRange[], others: string): Config {
  const { mdes, ledger, tokens, access, audit, limits } = config;
  return {
    ...config,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    admin: null,
    workers: 1,
    corsOrigins: null,
    mdes: { ...mdes, identity: { ...identity, baseUrl: others, consumerKey: new Secret(NAME) } },
    accountRanges: ranges,
    catalogueWarm: false,
    cache: null,
    ledger: { ...ledger, url: null },
    cardStore: { url: others, token: new Secret(NAME) },
    auth: { issuer: others, audiences: [NAME], withoutAudience: false, jwksUrl: `${others}/keys` },
    tokens: { ...tokens, types: ['at+jwt'], clients: null },
    access: {
      ...access,
      scopes: {
        claims: ['scope'],
        names: {
          'token-requestors:read': ['token-requestors:read'],
          'assets:read': ['assets:read'],
          'accounts:read': ['accounts:read'],
          'push:read': ['push:read'],
          'push:write': ['push:write'],
        },
      },
    },
    audit: { ...audit, target: null },
    limits: { ...limits, requests: limits.requests.map((limit) => ({ ...limit, count: MOST_REQUESTS })) },
    trustedDocuments: { mode: 'off', manifests: [] },
    explorer: false,
    logLevel: 'silent',
    tracesUrl: null,
  };
}

async function playOthers(ranges: readonly AccountRange[], key: JWK): Promise<Stage> {
  const keys = JSON.stringify({ keys: [key] });
  const requestors = requestorsOf(ranges);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const body = request.url === '/keys' ? keys : requestors;
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  // Of several workers each has its own: by the primary they would share one port, and it would take this for the gateway's.
  server.listen({ port: 0, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As MDES words it. */
function requestorsOf(ranges: readonly AccountRange[]): string {
  const requestors = Array.from({ length: REQUESTORS }, (_, at) => ({
    tokenRequestorId: String(50_100_000_000 + at),
    name: `Requestor ${at} Limited`,
    consumerFacingEntityName: `Requestor ${at}`,
    tokenRequestorType: at % 2 === 0 ? 'WALLET' : 'MERCHANT',
    imageAssetId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    walletId: '101',
    enabledAccountRanges: ranges,
    supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: ['NAME', 'ADDRESS'],
    supportsCardHolderAuthentication: false,
    supportIssuerInitiatedDigitizationData: true,
  }));
  return JSON.stringify({ responseId: NAME, tokenRequestors: requestors });
}
