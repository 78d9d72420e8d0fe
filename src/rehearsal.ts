/** Answers a picker before anybody asks, with a stand-in for MDES on this machine: code that has never run takes many times as long. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { NO_AUDIT, type OpenAudit } from './audit/open-audit.js';
import type { AccountRange } from './domain/account-range.js';
import type { Clock } from './domain/clock.js';
import { NO_GRANT, SCOPES } from './domain/grant.js';
import { Secret } from './domain/secret.js';
import { createIssuer, type Issuer, type IssuerOptions } from './issuer.js';
import { createLogger, type Logger } from './observability/logger.js';
import type { LimitCounters } from './resilience/limits/limit-counters.js';
import type { GatewayContext } from './schema/context.js';
import type { ServerDeps } from './server/create-server.js';
import { PublicUrl } from './server/public-url.js';

type Options = Omit<IssuerOptions, 'inProcessCache'>;

export interface RehearsalDeps {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly contextOf: (
    quiet: { readonly log: Logger; readonly audit: OpenAudit; readonly publicUrl: PublicUrl },
    issuer: Issuer,
  ) => ServerDeps['contextOf'];
  readonly limitCounters: LimitCounters;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What has run once is still slow in parts. */
const TIMES = 2;
const MOST_RANGES = 25;
const REQUESTORS = 6;
const CALLER = { accountHolder: 'rehearsal', client: null, address: '', traceId: '', languages: ['en'] };
const PICKER = `query Rehearsal($accountRanges: [AccountRange!]) {
  tokenRequestors(accountRanges: $accountRanges) {
    id name consumerFacingEntityName type walletId imageAssetId enabledAccountRanges supportedPushMethods
    supportsMultiplePushedCards supportedAccountHolderData supportsCardHolderAuthentication
    supportsIssuerInitiatedDigitizationData logo { id svgUrl pngUrl }
  }
}`;

/** Asks nobody but itself. Never rejects: what goes wrong here will say so again when somebody asks. */
export async function rehearse(deps: RehearsalDeps, options: Options): Promise<void> {
  const ranges = options.accountRanges.slice(0, MOST_RANGES);
  const standIn = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(answerFor(ranges));
  });
  const startedAt = performance.now();
  try {
    // Of several workers each has its own: by the primary they would share one port, and it would take this for the gateway's.
    standIn.listen({ port: 0, host: '127.0.0.1', exclusive: true });
    await once(standIn, 'listening');
    const { port } = standIn.address() as AddressInfo;
    const practice = { ...options, accountRanges: ranges };
    for (let time = 0; time < TIMES; time++) await askOnce(deps, practice, `http://127.0.0.1:${port}`);
    deps.log.debug({ ms: Math.round(performance.now() - startedAt) }, 'rehearsed an answer');
  } catch (error) {
    deps.log.warn({ err: error }, 'the rehearsal of an answer failed');
  } finally {
    standIn.close();
    standIn.closeAllConnections();
  }
}

/** By an issuer of its own: nothing of it is logged, kept or counted. */
async function askOnce(
  { apollo, contextOf, limitCounters, clock }: RehearsalDeps,
  options: Options,
  baseUrl: string,
): Promise<void> {
  const log = createLogger('silent');
  const issuer = await createIssuer(
    { cacheConnection: null, limitCounters, callbackUrl: () => baseUrl, clock, log },
    {
      ...options,
      identity: { ...options.identity, baseUrl, consumerKey: new Secret('rehearsal') },
      warm: false,
      ledger: { ...options.ledger, url: null },
      limits: { ...options.limits, pushes: [] },
      inProcessCache: true,
    },
  );
  try {
    const quiet = { log, audit: NO_AUDIT, publicUrl: new PublicUrl(baseUrl) };
    const grant = { ...NO_GRANT, scopes: new Set(SCOPES) };
    const { body } = await apollo.executeOperation(
      { query: PICKER, variables: { accountRanges: options.accountRanges } },
      { contextValue: contextOf(quiet, issuer)({ ...CALLER, grant }) },
    );
    const [error] = (body.kind === 'single' && body.singleResult.errors) || [];
    if (error !== undefined) throw new Error(error.message);
  } finally {
    await issuer.close();
  }
}

/** As MDES words it. */
function answerFor(ranges: readonly AccountRange[]): string {
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
  return JSON.stringify({ responseId: 'rehearsal', tokenRequestors: requestors });
}
