/** The composition root: what the process has once, around what its issuer has; made in this order, closed in reverse. */
import { setTimeout } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { openAudit } from './audit/open-audit.js';
import { openCacheConnection } from './catalogue/cache/create-cache.js';
import { type Config, ConfigurationError, readConfig } from './config/config.js';
import { hasEmbeddedParts } from './config/rules/embedded-rules.js';
import { type Clock, systemClock } from './domain/clock.js';
import type { RedisSettings } from './domain/network/redis-address.js';
import { CertificateWatch } from './gateway/certificate-watch.js';
import {
  type EmbeddedParts,
  NOTHING_EMBEDDED,
  type SimulatorOptions,
  startEmbeddedParts,
} from './gateway/embedded-parts.js';
import { liveOutward, liveSettings, required } from './gateway/live-settings.js';
import { type Duties, listenForOperators, watchState } from './gateway/operators.js';
import { rehearse } from './gateway/rehearsal.js';
import { Reload } from './gateway/reload.js';
import { serverDeps } from './gateway/server-deps.js';
import type { Setting } from './gateway/setting.js';
import { createIssuer, type Issuer, type IssuerOptions } from './issuer.js';
import { createLogger, type LevelLogger } from './observability/logger.js';
import { LossyOutput, STDOUT } from './observability/lossy-output.js';
import { NO_TELEMETRY } from './observability/telemetry.js';
import { LimitCounters, openPushCountConnection } from './resilience/limits/limit-counters.js';
import { assemble, type OwnedParts } from './resilience/owned-parts.js';
import type { RedisConnection } from './resilience/redis-connection.js';
import { FIRST_CONNECTION_MS, PUSH_COUNT_MS, WARM_PATIENCE_MS } from './resilience/time-limits.js';
import { buildGatewaySchema } from './schema/build-schema.js';
import { prepareClose } from './server/close-server.js';
import { createServer } from './server/create-server.js';
import type { OnAnswered } from './server/pipeline/answered.js';
import { PublicUrl } from './server/public-url.js';
import { callbackUrl } from './server/routes/callback-target.js';
import { type ProofMemory, SeenProofs } from './server/sign-in/possession/seen-proofs.js';
import { TrustedDocuments } from './server/trusted-documents/trusted-documents.js';

export interface Gateway {
  /** Where it listens, without trailing slash. */
  readonly url: string;
  /** What runs inside, for the banner; null without embedded parts. */
  readonly embedded: EmbeddedParts | null;
  /** Where operators look, without trailing slash; null: nowhere, or at the primary's. */
  readonly adminUrl: string | null;
  /** Whether the explorer is served. */
  readonly explorer: boolean;
  /** Not ready any more, as /readyz tells balancers, while everything is served on. */
  drain(): void;
  /** Takes over what has changed in the settings, all of it or nothing; the log says which. */
  reload(read?: () => Promise<Config>): Promise<void>;
  /** Takes no new request, lets those under way end, then closes everything. */
  close(): Promise<void>;
}

/** For tests and embedding: what the environment does not configure. */
export interface GatewayOverrides {
  readonly clock?: Clock;
  readonly log?: LevelLogger;
  /** Where audit lines go that belong on stdout. */
  readonly stdout?: LossyOutput;
  /** What it is among those that serve on one port, and what they know together. */
  readonly worker?: {
    readonly number: number;
    readonly proofs: ProofMemory;
    /** From now on it does what operators ask of the primary. */
    obey?(duties: Duties): void;
  };
  /** Hears of every request once it has been answered. */
  readonly onAnswered?: OnAnswered;
  /** false: no memory in front of Redis. */
  readonly inProcessCache?: boolean;
  /** How long Redis may take for an operation, in milliseconds. */
  readonly cacheOperationMs?: number;
  /** The same for the count of a push. */
  readonly pushCountMs?: number;
  /** The embedded simulator's. */
  readonly simulator?: SimulatorOptions;
  /** Whether a first answer is rehearsed before it listens. */
  readonly rehearsal?: boolean;
  /** Where it has been built already. */
  readonly schema?: GraphQLSchema;
  /** Whether its port is its own, also of one among several workers. */
  readonly exclusive?: boolean;
}

export async function createGateway(config: Config, overrides: GatewayOverrides = {}): Promise<Gateway> {
  const stdout = overrides.stdout ?? new LossyOutput(STDOUT);
  const log = overrides.log ?? createLogger(config.logLevel, stdout);
  return assemble(log, (owned) => compose(config, { ...overrides, stdout, log }, owned));
}

async function compose(
  config: Config,
  {
    clock = systemClock,
    log,
    stdout,
    worker,
    onAnswered: alsoTold,
    inProcessCache = true,
    cacheOperationMs,
    pushCountMs = PUSH_COUNT_MS,
    simulator,
    rehearsal = false,
    exclusive = false,
    schema: given,
  }: GatewayOverrides & { readonly log: LevelLogger; readonly stdout: LossyOutput },
  owned: OwnedParts,
): Promise<Omit<Gateway, 'close'>> {
  const schema = given ?? (await buildGatewaySchema());
  // First: it may have faults of the configuration to tell.
  const documents = trustedDocuments(config, schema);
  // Closed last: all that happens before its last line is told.
  const audit = owned.add(
    await openAudit('gateway', config.audit, { clock, log, stdout, worker: worker?.number }),
    (it) => it.close(),
  );
  const publicUrl = new PublicUrl(config.publicUrl);
  const isEmbedded = hasEmbeddedParts(config);
  const embedded = isEmbedded
    ? owned.add(await startEmbeddedParts(config, () => `${publicUrl.value}/demo/cards/`, simulator), (it) =>
        it.close(),
      )
    : NOTHING_EMBEDDED;
  const proofs = worker?.proofs ?? new SeenProofs();
  const metrics =
    config.admin === null ? null : (await import('./observability/metrics/metrics.js')).createMetrics();
  const counting = metrics?.telemetry ?? NO_TELEMETRY;
  const { tracesUrl } = config;
  const tracing =
    tracesUrl === null
      ? null
      : owned.add(
          (await import('./observability/tracing/tracing.js')).createTracing(counting, tracesUrl),
          (it) => it.close(),
        );
  const telemetry = tracing?.telemetry ?? counting;
  const onAnswered: OnAnswered =
    alsoTold === undefined
      ? telemetry.answered
      : (request) => {
          telemetry.answered(request);
          alsoTold(request);
        };
  const liveOf = (read: Config) =>
    liveSettings(read, {
      identity: embedded.mdes,
      cardStoreToken: embedded.cardStore?.token ?? null,
      isEmbedded,
    });
  const live = liveOf(config);
  const setting = {
    live,
    ...{ config, embedded, isEmbedded, publicUrl, proofs, rotation: { isLeft: false } },
    ...{ onAnswered, telemetry, clock, log, audit },
  };

  const { keys, issuer: issuerId } = config.ledger;
  const cacheConnection = owned.add(
    await openCacheConnection({ log, telemetry }, redisOf(setting), issuerId, cacheOperationMs),
    (it) => it?.close(),
  );
  const pushCounts = await openPushCounts(setting, pushCountMs, owned);
  // Redis and the ledger's database are waited for a moment: side by side.
  const redisUp = [cacheConnection, pushCounts].map((it) => it?.whenUp(FIRST_CONNECTION_MS));
  const connections = { requests: cacheConnection, pushes: pushCounts };
  const limitCounters = new LimitCounters(connections, {
    issuer: issuerId,
    // What all processes of an issuer have in common, and nobody else.
    secret: keys?.[0] ?? live.identity.signingKey,
  });
  const issuer = owned.add(
    await createIssuer(
      {
        cacheConnection,
        limitCounters,
        callbackUrl: (pushId, state) => callbackUrl(publicUrl.value, pushId, state),
        telemetry,
        clock,
        log,
      },
      { ...issuerOptions(setting), inProcessCache },
    ),
    (it) => it.close(),
  );
  await Promise.all(redisUp);

  const explorer = config.explorer ?? isEmbedded;
  const deps = await serverDeps(
    { ...setting, cacheConnection, limitCounters, schema, documents },
    issuer,
    explorer,
    owned,
  );
  const app = await createServer(deps, {
    cors: {
      get origins() {
        return live.corsOrigins;
      },
      embedded: isEmbedded,
    },
    explorer,
    trustedDocuments: config.trustedDocuments.mode,
  });
  owned.add(app, prepareClose(app));
  publicUrl.follow(app.server);
  watchState(telemetry, {
    health: deps.health,
    catalogue: issuer.catalogue,
    now: () => clock.now(),
  });
  if (metrics !== null) worker?.obey?.({ metrics: metrics.values, changeLevel: log.changeLevel });
  const admin =
    metrics === null || config.admin === null || worker !== undefined
      ? null
      : owned.add(await listenForOperators({ metrics, health: deps.health, log }, config.admin), (it) =>
          it.close(),
        );
  const certificates = owned.add(
    new CertificateWatch({ certificates: () => live.certificates, clock, log }),
    (it) => it.close(),
  );
  telemetry.watch(certificates.reading);
  const takeOver = (next: Config) => {
    Object.assign(live, liveOf(next));
    if (next.ledger.url !== null)
      issuer.replaceLedgerEntrance({ url: next.ledger.url, tls: live.tls.ledger });
    audit.record({ action: 'configuration.read', details: { ...next.audit.configuration } });
    certificates.look();
  };
  const reload = new Reload({ takeOver, changeLevel: log.changeLevel, log }, config);
  const started = Promise.all([
    issuer.catalogue.start(),
    deps.signIn.start(),
    rehearsal && rehearsalOf(setting, schema),
  ]);
  await Promise.race([started, setTimeout(WARM_PATIENCE_MS, undefined, { ref: false })]);
  // By that name Fastify opens a second server beside ours, which knows nothing of limits, of slow clients and of what is kept.
  const host = config.host === 'localhost' ? '127.0.0.1' : config.host;
  const url = await app.listen({ host, port: config.port, exclusive });
  announce(url, setting, issuer);
  return {
    url,
    adminUrl: admin?.url ?? null,
    embedded: isEmbedded ? embedded : null,
    explorer,
    drain() {
      if (!setting.rotation.isLeft) log.info('not ready any more, and serving on until balancers know');
      setting.rotation.isLeft = true;
    },
    reload: (read = readConfig) => reload.run(read),
  };
}

/** null: pushes are not counted, or by this process alone. */
async function openPushCounts(
  setting: Setting,
  deadlineMs: number,
  owned: OwnedParts,
): Promise<RedisConnection | null> {
  const { ledger, limits } = setting.config;
  const redis = redisOf(setting);
  if (redis === null || limits.pushes.length === 0) return null;
  const countsAlone = limits.pushesWithoutCache === 'count-alone';
  const connection = await openPushCountConnection(setting, {
    ...{ redis, issuer: ledger.issuer, countsAlone, deadlineMs },
  });
  return owned.add(connection, (it) => it.close());
}

/** Entered as the settings say when a connection is made. */
function redisOf({ config: { cache }, live }: Setting): RedisSettings | null {
  if (cache === null) return null;
  return {
    ...cache,
    get tls() {
      return live.tls.cache;
    },
  };
}

function issuerOptions(setting: Setting): Omit<IssuerOptions, 'inProcessCache'> {
  const { config, embedded, live } = setting;
  const { url } = required(config.cardStore ?? embedded.cardStore);
  return {
    current: () => live,
    cardStore: { url, outward: liveOutward(config.cardStore?.outward, () => live.tls.cardStore) },
    accountRanges: config.accountRanges ?? embedded.accountRanges,
    ages: { soft: config.catalogueSoftTtl, hard: config.catalogueHardTtl },
    warm: config.catalogueWarm,
    ledger: config.ledger,
    limits: config.limits,
    stepUp: config.access.stepUp,
  };
}

function rehearsalOf({ config, embedded, log }: Setting, schema: GraphQLSchema): Promise<void> {
  const quiet = { log: createLogger('silent'), schema, exclusive: true };
  return rehearse(
    { open: (practice) => createGateway(practice, quiet), log },
    {
      config,
      identity: required(config.mdes.identity ?? embedded.mdes),
      accountRanges: config.accountRanges ?? embedded.accountRanges,
    },
  );
}

/** null: any document is answered. @throws ConfigurationError with what is wrong with the manifests */
function trustedDocuments({ trustedDocuments: { mode, manifests } }: Config, schema: GraphQLSchema) {
  if (mode === 'off') return null;
  const faults: string[] = [];
  const documents = new TrustedDocuments(schema, manifests, faults);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return documents;
}

function announce(url: string, { publicUrl, live, log }: Setting, issuer: Issuer): void {
  const { encryptionFingerprint } = live.identity;
  log.info(
    {
      url,
      publicUrl: publicUrl.value,
      cache: issuer.cacheState(),
      ledger: issuer.ledgerState(),
      encryptionFingerprint,
    },
    'listening',
  );
}
