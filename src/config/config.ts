/** The configuration, parsed once from the environment; all faults are reported together. */
import { type AccountRange, parseAccountRange } from '../domain/account-range.js';
import type { CallbackRule } from '../domain/callback-allowlist.js';
import type { HandOffProfiles } from '../domain/hand-off-profile.js';
import type { Outward, ProxySettings } from '../domain/network/outward.js';
import type { RedisSettings } from '../domain/network/redis-address.js';
import { Secret } from '../domain/secret.js';
import { parseUrl } from '../domain/url.js';
import type { LogLevel } from '../observability/logger.js';
import { type AccessSettings, readAccessSettings } from './access-settings.js';
import { type AuditSettings, readAuditSettings } from './audit-settings.js';
import { readEnvironment } from './env.js';
import { readCallbackAllowlist, readHandOffProfiles } from './hand-off-settings.js';
import { type LedgerSettings, readLedgerSettings } from './ledger-settings.js';
import { type LimitSettings, readLimitSettings } from './limit-settings.js';
import { type MdesSettings, readMdesSettings } from './mdes-settings.js';
import { readCacheSettings } from './network/cache-settings.js';
import { checkPlainHosts } from './network/plain-hosts.js';
import { readProxySettings } from './network/proxy-settings.js';
import { readTlsSettings } from './network/tls-settings.js';
import { checkEmbeddedParts, isProduction, meansRealMdes } from './rules/embedded-rules.js';
import { checkProduction } from './rules/production-rules.js';
import { checkWildcards } from './rules/wildcard-rules.js';
import { checkWorkers } from './rules/worker-rules.js';
import { SettingReader } from './setting-reader.js';
import type { SettingName } from './settings.js';
import { type AuthSettings, readAuth, readTokenSettings, type TokenSettings } from './token-settings.js';
import { readTrustedDocuments, type TrustedDocumentSettings } from './trusted-document-settings.js';
import { readWorkers } from './workers.js';

export interface Config {
  /** Whether production's rules hold. */
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  /** Without trailing slash; null: derived from where it listens. */
  readonly publicUrl: string | null;
  /** Where operators look; null: nowhere. */
  readonly admin: { readonly host: string; readonly port: number } | null;
  /** Processes that serve on the one port. */
  readonly workers: number;
  /** From the signal to end until it takes no new request. */
  readonly drainMs: number;
  /** null: Apollo Sandbox and this machine when embedded, else none. */
  readonly corsOrigins: readonly string[] | null;
  /** The way to whoever is reached by https; null: straight. */
  readonly proxy: ProxySettings | null;
  readonly mdes: MdesSettings;
  /** null: those of the demo accounts. */
  readonly accountRanges: readonly AccountRange[] | null;
  readonly catalogueWarm: boolean;
  /** Milliseconds: past the first an entry is refreshed behind, past the second it is not served any more. */
  readonly catalogueSoftTtl: number;
  readonly catalogueHardTtl: number;
  /** null: memory. */
  readonly cache: RedisSettings | null;
  readonly ledger: LedgerSettings;
  /** null: the demo accounts. */
  readonly cardStore: {
    readonly url: string;
    readonly token: Secret<string>;
    readonly outward?: Outward;
  } | null;
  /** null: the demo sign-in. */
  readonly auth: AuthSettings | null;
  readonly tokens: TokenSettings;
  /** What a token has to allow. */
  readonly access: AccessSettings;
  /** null: this machine when embedded, else none. */
  readonly callbackAllowlist: readonly CallbackRule[] | null;
  /** How digitization data goes over; empty: the apps do that themselves. */
  /** null: not set; that of the demo's own wallet when embedded, else none. */
  readonly handOffProfiles: HandOffProfiles | null;
  readonly limits: LimitSettings;
  readonly audit: AuditSettings;
  readonly trustedDocuments: TrustedDocumentSettings;
  /** null: on when embedded. */
  readonly explorer: boolean | null;
  readonly logLevel: LogLevel;
  /** Where traces go; null: nowhere. */
  readonly tracesUrl: string | null;
  /** What each setting holds, so that two configurations can be compared. */
  readonly settings: ReadonlyMap<SettingName, Secret<Buffer>>;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly faults: readonly string[]) {
    super(
      `${faults.length} fault(s) in the configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const WILDCARD_HOST = /^(0\.0\.0\.0|::)$/;

/** An app's web view sends one like capacitor://localhost, for which a URL has no origin. */
const APP_ORIGIN = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+$/;
const HOUR_MS = 3_600_000;
/** HAProxy looks every 2 s, and believes the third answer; as the sixth second passes nothing is sent here any more. */
const DRAIN_SECONDS = 8;
const LONGEST_DRAIN_SECONDS = 600;
/** A callback URL of ours adds 98 characters. */
const LONGEST_PUBLIC_URL = 158;

/** @throws ConfigurationError with every fault, each naming its setting and the mend */
export async function readConfig(source?: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const reader = new SettingReader(readEnvironment(source));
  const proxy = readProxySettings(reader);
  const config: Config = {
    isProduction: isProduction(reader),
    host: readHost(reader, 'HOST'),
    port: reader.port('PORT', 4000),
    publicUrl: reader.httpUrl('PUBLIC_URL', { plain: true }),
    admin: readAdmin(reader),
    workers: readWorkers(reader),
    drainMs: reader.seconds('DRAIN_SECONDS', DRAIN_SECONDS, LONGEST_DRAIN_SECONDS),
    corsOrigins: readOrigins(reader),
    proxy,
    mdes: await readMdesSettings(reader, proxy),
    accountRanges: readAccountRanges(reader),
    catalogueWarm: reader.choice('CATALOGUE_WARM', ['on', 'off']) !== 'off',
    catalogueSoftTtl: reader.duration('CATALOGUE_SOFT_TTL', 12 * HOUR_MS),
    catalogueHardTtl: reader.duration('CATALOGUE_HARD_TTL', 30 * 24 * HOUR_MS),
    cache: await readCacheSettings(reader),
    ledger: await readLedgerSettings(reader),
    cardStore: await readCardStore(reader, proxy),
    auth: await readAuth(reader, proxy),
    tokens: readTokenSettings(reader),
    access: readAccessSettings(reader),
    callbackAllowlist: readCallbackAllowlist(reader),
    handOffProfiles: readHandOffProfiles(reader),
    limits: readLimitSettings(reader),
    audit: readAuditSettings(reader),
    trustedDocuments: readTrustedDocuments(reader),
    explorer: readSwitch(reader, 'EXPLORER'),
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS) ?? 'info',
    tracesUrl: readTracesUrl(reader),
    settings: reader.contents(),
  };
  checkPlainHosts(reader);
  checkEmbeddedParts(config.host, reader);
  checkProduction(reader);
  checkWorkers(config, reader);
  checkWildcards(reader);
  if (config.catalogueSoftTtl > config.catalogueHardTtl) {
    reader.fault(
      'CATALOGUE_SOFT_TTL (12h unless set) must not be longer than CATALOGUE_HARD_TTL (30d unless set).',
    );
  }
  if ((config.publicUrl?.length ?? 0) > LONGEST_PUBLIC_URL) {
    reader.fault(
      `PUBLIC_URL takes at most ${LONGEST_PUBLIC_URL} characters: MDES takes 256 for a callback URL.`,
    );
  }
  if (config.publicUrl === null && WILDCARD_HOST.test(config.host)) {
    reader.fault(
      'PUBLIC_URL is missing: with a wildcard HOST nobody can tell the URL that clients see. Set it.',
    );
  }
  if ((reader.has('CARD_VAULT_URL') || meansRealMdes(reader)) && !reader.has('MDES_ACCOUNT_RANGES')) {
    reader.fault(
      "MDES_ACCOUNT_RANGES is missing: without the demo accounts it lists the issuer's account range starts. Set it.",
    );
  }
  if (reader.faults.length > 0) throw new ConfigurationError(reader.faults);
  return config;
}

/** Written like in a URL, an IPv6 address has brackets; to listen on it, none. */
function readHost(reader: SettingReader, name: SettingName): string {
  return reader.text(name)?.replace(/^\[(.*)\]$/, '$1') ?? '127.0.0.1';
}

function readAdmin(reader: SettingReader): Config['admin'] {
  if (!reader.has('ADMIN_PORT')) {
    if (reader.has('ADMIN_HOST'))
      reader.fault('ADMIN_HOST is set without ADMIN_PORT: nobody would listen. Set ADMIN_PORT.');
    return null;
  }
  const admin = { host: readHost(reader, 'ADMIN_HOST'), port: reader.port('ADMIN_PORT', 0) };
  if (admin.port !== 0 && admin.port === reader.port('PORT', 4000)) {
    reader.fault(
      'ADMIN_PORT is the same as PORT: what operators see would lie open to front ends. Set another.',
    );
  }
  return admin;
}

/** As OpenTelemetry says: one for all that is told, or one for traces. */
function readTracesUrl(reader: SettingReader): string | null {
  const [all, traces] = [
    reader.httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT', { plain: true }),
    reader.httpUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', { plain: true }),
  ];
  if (reader.choice('OTEL_SDK_DISABLED', ['true', 'false']) === 'true') return null;
  return traces ?? (all === null ? null : `${all}/v1/traces`);
}

function readOrigins(reader: SettingReader): string[] | null {
  const list = reader.list('CORS_ORIGINS');
  for (const origin of list ?? []) {
    if (parseUrl(origin)?.origin !== origin && !APP_ORIGIN.test(origin)) {
      reader.fault(
        'CORS_ORIGINS must list origins like https://www.bank.example, comma-separated, without path.',
      );
    }
  }
  return list;
}

function readAccountRanges(reader: SettingReader): AccountRange[] | null {
  const list = reader.list('MDES_ACCOUNT_RANGES');
  if (list === null) return null;
  const ranges = list.map(parseAccountRange);
  if (ranges.length === 0 || ranges.includes(undefined)) {
    reader.fault(
      'MDES_ACCOUNT_RANGES must list account range starts of 9 to 19 digits, separated by commas or line ends.',
    );
  }
  return [...new Set(ranges.filter((range) => range !== undefined))];
}

async function readCardStore(
  reader: SettingReader,
  proxy: ProxySettings | null,
): Promise<Config['cardStore']> {
  const tls = await readTlsSettings(reader, 'CARD_VAULT');
  if (!reader.has('CARD_VAULT_URL') && !reader.has('CARD_VAULT_TOKEN')) return null;
  reader.requiredText('CARD_VAULT_URL', 'beside CARD_VAULT_TOKEN');
  const token = reader.requiredText('CARD_VAULT_TOKEN', 'to be let in at CARD_VAULT_URL');
  const url = reader.httpUrl('CARD_VAULT_URL');
  if (url === null || token === null) return null;
  return { url, token: new Secret(token), outward: { proxy, tls } };
}

function readSwitch(reader: SettingReader, name: SettingName): boolean | null {
  const choice = reader.choice(name, ['on', 'off']);
  return choice === null ? null : choice === 'on';
}
