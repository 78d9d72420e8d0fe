/** One run of a row: it starts what the row needs, and ends all of it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { type PostgresOptions, PostgresServer } from '../../support/postgres-server.js';
import { RedisServer, type RedisServerOptions } from '../../support/redis-server.js';
import { type RedisSetUp, type Topology, topologyOf } from '../../support/redis-topologies.js';
import { Child } from './child.js';
import { GatewayChild } from './gateway/gateway-child.js';
import type { Naming } from './gateway/names.js';
import { KEYED } from './pushes/keyed-pushes.js';
import type { Stage } from './stage.js';

export interface GatewayWish {
  /** Absent: the cache is memory alone. */
  readonly redisUrl?: string;
  readonly inProcessCache?: boolean;
  /** Default: those that MDES knows, and the cold ones. */
  readonly ranges?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly machineClockOffMs?: number;
  /** What becomes of host names from its start on. */
  readonly namings?: Readonly<Record<string, Naming>>;
  /** Default: the demo's sign-in. */
  readonly issuer?: TokenIssuer;
}

const MOST_IN_A_SETTING = 5000;
const COLD_RANGES = 3000;
const FIRST_COLD_RANGE = 400_000_000;

export class Scene {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #coldUsed = 0;
  /** For gateways: of the database that `postgres` has started, else memory. */
  ledgerSettings: Readonly<Record<string, string>> = { LEDGER_URL: 'memory:' };

  constructor(
    readonly stage: Stage,
    readonly setUp: RedisSetUp = 'SERVER',
  ) {}

  async gateway(wish: GatewayWish = {}): Promise<GatewayChild> {
    const { redisUrl = 'memory:', inProcessCache = true, machineClockOffMs = 0, namings = {} } = wish;
    const ranges = wish.ranges ?? [...this.stage.knownRanges, ...ALL_COLD];
    const environment = {
      ...withoutFilesOf(wish.environment ?? {}, this.stage.environment),
      PORT: '0',
      ...KEYED,
      // The load comes as from a balancer: one address for many.
      TRUSTED_PROXIES: '127.0.0.1',
      ...this.ledgerSettings,
      CATALOGUE_WARM: 'off',
      CACHE_URL: redisUrl,
      ...this.#rangesSetting(ranges),
      ...wish.issuer?.environment,
      ...wish.environment,
    };
    const token = await wish.issuer?.token('susan');
    const gateway = await GatewayChild.start(
      { environment, inProcessCache, machineClockOffMs, namings },
      token,
    );
    this.owns(() => gateway.kill());
    return gateway;
  }

  /** No setting of a process holds as many as a large issuer has. */
  #rangesSetting(ranges: readonly string[]): Readonly<Record<string, string>> {
    if (ranges.length <= MOST_IN_A_SETTING) return { MDES_ACCOUNT_RANGES: ranges.join(',') };
    const folder = mkdtempSync(join(tmpdir(), 'token-connect-ranges-'));
    this.owns(async () => rmSync(folder, { recursive: true }));
    const file = join(folder, 'ranges.txt');
    writeFileSync(file, `${ranges.join('\n')}\n`);
    return { MDES_ACCOUNT_RANGES: '', MDES_ACCOUNT_RANGES_FILE: file };
  }

  async redis(options: RedisServerOptions = {}): Promise<RedisServer> {
    const redis = await RedisServer.start(options);
    this.owns(() => redis.stop());
    return redis;
  }

  /** As the row is run: one server, behind Sentinels, or a cluster. */
  async topology(): Promise<Topology> {
    const topology = await this.reservedTopology();
    await topology.start();
    return topology;
  }

  /** It has its ports, and is not started. */
  async reservedTopology(): Promise<Topology> {
    const topology = await topologyOf(this.setUp);
    this.owns(() => topology.stop());
    return topology;
  }

  async issuer(): Promise<TokenIssuer> {
    const issuer = await startTokenIssuer();
    this.owns(() => issuer.close());
    return issuer;
  }

  /** The ledger of the gateways that are started after it. */
  async postgres(options: PostgresOptions = {}): Promise<PostgresServer> {
    const server = await PostgresServer.start(options);
    this.owns(() => server.stop());
    const keys = randomBytes(32).toString('base64');
    this.ledgerSettings = { LEDGER_URL: server.url, LEDGER_KEYS: keys, ISSUER_ID: 'moon-bank' };
    return server;
  }

  child(name: string, nodeOptions: readonly string[] = []): Child {
    const child = new Child(name, nodeOptions);
    this.owns(() => child.kill());
    return child;
  }

  /** Ranges of the issuer that no scene has asked for yet; MDES has no requestors for them. */
  coldRanges(count: number): string[] {
    const ranges = ALL_COLD.slice(this.#coldUsed, this.#coldUsed + count);
    this.#coldUsed += count;
    if (ranges.length < count) throw new RangeError('out of cold ranges');
    return ranges;
  }

  owns(closer: () => Promise<unknown>): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const closer of this.#closers.reverse()) {
      await closer().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}

const ALL_COLD = Array.from({ length: COLD_RANGES }, (_, index) =>
  String(FIRST_COLD_RANGE + index).padEnd(19, '0'),
);

/** A row that gives a value itself does not take it from the stage's file as well. */
function withoutFilesOf(
  given: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const taken = Object.keys(given).map((name) => `${name}_FILE`);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !taken.includes(name)));
}
