/** The composition root: every collaborator is made here, in the order in which it is needed, and closed in reverse. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createCache } from './catalogue/cache/create-cache.js';
import { Catalogue } from './catalogue/catalogue.js';
import { ENTRY_FORMAT } from './catalogue/catalogue-entries.js';
import { IssuerRanges } from './catalogue/issuer-ranges.js';
import type { Config } from './config/config.js';
import { hasEmbeddedParts } from './config/embedded-rules.js';
import type { MdesIdentity } from './config/mdes-identity.js';
import { loopbackCallbackRule } from './domain/callback-allowlist.js';
import { type Clock, systemClock } from './domain/clock.js';
import {
  type EmbeddedParts,
  NOTHING_EMBEDDED,
  type SimulatorOptions,
  startEmbeddedParts,
} from './embedded-parts.js';
import { createMdesClient } from './mdes/create-mdes-client.js';
import { createLogger, type Logger } from './observability/logger.js';
import { proprietaryHandOffs } from './push/hand-off.js';
import { createLedger } from './push/ledger/create-ledger.js';
import { LEDGER_FORMAT } from './push/ledger/ledger.js';
import { PushKeys } from './push/ledger/push-keys.js';
import { PushHistory } from './push/push-history.js';
import { PushService } from './push/push-service.js';
import { readRefusalTexts } from './push/refusals/refusal-texts.js';
import { WARM_PATIENCE_MS } from './resilience/time-limits.js';
import { buildGatewaySchema } from './schema/build-schema.js';
import { Loaders } from './schema/loaders.js';
import { prepareClose } from './server/close-server.js';
import { createServer } from './server/create-server.js';
import { startApollo } from './server/graphql/apollo.js';
import { callbackUrl } from './server/routes/callback.js';
import { landingPagePlugin } from './server/routes/landing-page.js';
import { createSignIn } from './server/sign-in/sign-in.js';
import { createHttpCardStore } from './vault/http-card-store.js';

export interface Gateway {
  /** Where it listens, without trailing slash. */
  readonly url: string;
  /** What runs inside, for the banner; null without embedded parts. */
  readonly embedded: EmbeddedParts | null;
  /** Whether the explorer is served. */
  readonly explorer: boolean;
  /** Takes no new request, lets those under way end, then closes everything. */
  close(): Promise<void>;
}

/** For tests and embedding: what the environment does not configure. */
export interface GatewayOverrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  /** false: no memory in front of Redis. */
  readonly inProcessCache?: boolean;
  /** The embedded simulator's. */
  readonly simulator?: SimulatorOptions;
}

const CERTIFICATE_NOTICE_MS = 30 * 86_400_000;

export async function createGateway(config: Config, overrides: GatewayOverrides = {}): Promise<Gateway> {
  const log = overrides.log ?? createLogger(config.logLevel);
  const closers: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll(closers.reverse(), log);
    return closing;
  };
  try {
    return await compose(config, { ...overrides, log }, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(
  config: Config,
  { clock = systemClock, log, inProcessCache = true, simulator }: GatewayOverrides & { readonly log: Logger },
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Gateway> {
  const owned = <T>(part: T, closer: (part: T) => unknown): T => {
    closers.push(() => closer(part));
    return part;
  };

  const isEmbedded = hasEmbeddedParts(config);
  const parts = isEmbedded
    ? owned(await startEmbeddedParts(config, simulator), (embedded) => embedded.close())
    : NOTHING_EMBEDDED;
  const identity = required(config.mdes.identity ?? parts.mdes);
  const storeAddress = required(config.cardStore ?? parts.cardStore);
  const auth = required(config.auth ?? parts.signIn);

  const keys = new PushKeys(identity.signingKey);
  // Each waits a moment for its Redis: side by side.
  const [startedCache, startedLedger] = await Promise.all([
    createCache(
      { log, clock },
      {
        url: config.cacheUrl,
        namespace: sharedNamespace('catalogue', ENTRY_FORMAT, identity),
        inProcessLayer: inProcessCache,
      },
    ),
    createLedger({
      url: config.ledgerUrl,
      namespace: sharedNamespace('ledger', LEDGER_FORMAT, identity),
      keys,
      clock,
      log,
    }),
  ]);
  const cache = owned(startedCache, (it) => it.close());
  const ledger = owned(startedLedger, (it) => it.close());
  const cardStore = owned(createHttpCardStore({ log }, storeAddress), (it) => it.close());
  const mdes = owned(createMdesClient({ log }, identity), (it) => it.close());
  const signIn = owned(createSignIn(auth), (it) => it.close());

  const issuerRanges = new IssuerRanges(config.accountRanges ?? parts.accountRanges);
  const ages = { soft: config.catalogueSoftTtl, hard: config.catalogueHardTtl };
  const warm = config.catalogueWarm;
  const catalogue = owned(new Catalogue({ mdes, cache, clock, issuerRanges, log }, { ages, warm }), (it) =>
    it.close(),
  );
  const callbackRules = config.callbackAllowlist ?? (isEmbedded ? [loopbackCallbackRule] : []);
  let publicUrl = config.publicUrl ?? '';
  const pushes = owned(
    new PushService({
      mdes,
      cardStore,
      catalogue,
      issuerRanges,
      ledger,
      keys,
      callbackRules,
      callbackRoute: (pushId) => callbackUrl(publicUrl, pushId, keys.state(pushId)),
      proprietaryHandOffs: (requestorId, accounts) =>
        proprietaryHandOffs(config.handOffProfiles, requestorId, accounts),
      clock,
    }),
    (it) => it.close(),
  );
  const pushHistory = new PushHistory({ ledger, keys, clock });
  const refusalTexts = await readRefusalTexts();

  const explorer = config.explorer ?? isEmbedded;
  const { demoTokens } = parts;
  const landingPage = landingPagePlugin({
    embedded: isEmbedded,
    token: demoTokens === null ? null : async () => (await demoTokens('susan'))?.access_token ?? '',
  });
  const apollo = owned(
    await startApollo({
      schema: await buildGatewaySchema(),
      landingPage: explorer ? landingPage : null,
      log,
    }),
    (it) => it.stop(),
  );
  let isReady = false;
  const app = await createServer(
    {
      apollo,
      contextOf: ({ accountHolder, traceId, languages }) => {
        const requestLog = log.child({ traceId });
        const loaders = new Loaders({ catalogue, issuerRanges, cardStore }, accountHolder ?? '', requestLog);
        const catalogueStatus = () => catalogue.status();
        const caller = { accountHolder, traceId, languages, log: requestLog, loaders };
        const now = () => clock.now();
        return {
          ...caller,
          catalogueStatus,
          issuerRanges,
          pushes,
          pushHistory,
          refusalTexts,
          publicUrl,
          now,
        };
      },
      signIn,
      catalogue,
      pushHistory,
      health: { ready: () => isReady, cache: () => cache.state(), mdes: () => mdes.state() },
      now: () => clock.now(),
      demoTokens,
      log,
    },
    { cors: { origins: config.corsOrigins, embedded: isEmbedded }, explorer },
  );
  owned(app, prepareClose(app));
  // So that the first account holder need not wait; an MDES that is slow or away holds nobody up.
  await Promise.race([catalogue.start(), setTimeout(WARM_PATIENCE_MS, undefined, { ref: false })]);
  const url = await app.listen({ host: config.host, port: config.port });
  if (publicUrl === '') publicUrl = url;
  isReady = true;
  closers.push(() => {
    isReady = false;
  });
  warnOfCertificate(config.mdes.certificateExpiresAt, clock.now(), log);
  log.info(
    { url, publicUrl, cache: cache.state(), encryptionFingerprint: identity.encryptionFingerprint },
    'listening',
  );
  return { url, embedded: isEmbedded ? parts : null, explorer, close };
}

/** An expired certificate is no fault: MDES may still hold its key. */
function warnOfCertificate(expiresAt: Date | null, now: number, log: Logger): void {
  if (expiresAt === null || expiresAt.getTime() - now > CERTIFICATE_NOTICE_MS) return;
  log.warn(
    { expiresAt },
    "Mastercard's encryption certificate has expired or is about to: download the new one",
  );
}

/** One part that cannot close keeps none of the others open. */
async function closeAll(closers: readonly (() => unknown)[], log: Logger): Promise<void> {
  for (const closer of closers) {
    try {
      await closer();
    } catch (error) {
      log.error({ err: error }, 'a part did not close');
    }
  }
}

/** Who we are to MDES and how rows are written: issuers and releases can share a Redis. */
function sharedNamespace(what: string, format: number, { baseUrl, consumerKey }: MdesIdentity): string {
  const identity = createHash('sha256')
    .update(JSON.stringify([baseUrl, consumerKey.reveal()]))
    .digest('hex');
  return `token-connect-${what}-v${format}-${identity.slice(0, 16)}`;
}

function required<T>(part: T | null): T {
  if (part === null) throw new TypeError('a part is neither configured nor embedded');
  return part;
}
