/** The settings of limits: how many requests and pushes, counted by whom, and what holds while they cannot be counted. */
import { isIP } from 'node:net';
import { LIMIT_DIMENSIONS, type Limit, type LimitDimension } from '../domain/limit.js';
import { isProduction } from './rules/embedded-rules.js';
import type { SettingReader } from './setting-reader.js';

export interface LimitSettings {
  /** Requests; empty: off. */
  readonly requests: readonly Limit[];
  /** Pushes; empty: off. */
  readonly pushes: readonly Limit[];
  /** Pushes while the Redis that counts them is away: each process counts for itself, or refuses. */
  readonly pushesWithoutCache: 'count-alone' | 'refuse';
  /** Addresses and networks whose word about a client's address counts. */
  readonly trustedProxies: readonly string[];
}

const OF_REQUESTS: readonly LimitDimension[] = ['account-holder', 'client', 'address'];
/** Not where everything runs on one machine: there one account holder is a whole test. */
const IN_PRODUCTION = {
  RATE_LIMITS: '600/m per account-holder, 60000/m per client, 6000/m per address',
  PUSH_LIMITS: '20/h per account-holder, 10/h per account',
};
const LIMIT = /^(\d{1,9})\/(\d{0,4})([smhd]) per ([a-z-]+)$/;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_SECONDS = 7 * 86_400;

export function readLimitSettings(reader: SettingReader): LimitSettings {
  return {
    requests: readLimits(reader, 'RATE_LIMITS', OF_REQUESTS),
    pushes: readLimits(reader, 'PUSH_LIMITS', LIMIT_DIMENSIONS),
    pushesWithoutCache:
      reader.choice('PUSH_LIMITS_WITHOUT_CACHE', ['count-alone', 'refuse']) ?? 'count-alone',
    trustedProxies: readProxies(reader),
  };
}

function readLimits(
  reader: SettingReader,
  name: keyof typeof IN_PRODUCTION,
  dimensions: readonly LimitDimension[],
): Limit[] {
  const text = reader.text(name) ?? (isProduction(reader) ? IN_PRODUCTION[name] : 'off');
  if (text === 'off') return [];
  const limits = text.split(',').map((entry) => limitOf(entry.trim(), dimensions));
  if (limits.includes(undefined)) {
    reader.fault(
      `${name} must be off, or limits like ${IN_PRODUCTION[name]}: a count, s, m, h or d (up to 7d, also 10m), and one of ${dimensions.join(', ')}.`,
    );
  }
  return limits.filter((limit) => limit !== undefined);
}

function limitOf(text: string, dimensions: readonly LimitDimension[]): Limit | undefined {
  const [, count = '', units = '', unit = '', name = ''] = LIMIT.exec(text) ?? [];
  const dimension = dimensions.find((one) => one === name);
  const seconds = Number(units || 1) * (UNITS[unit] ?? 0);
  if (dimension === undefined || Number(count) < 1 || seconds < 1 || seconds > LONGEST_SECONDS)
    return undefined;
  return { dimension, count: Number(count), seconds };
}

function readProxies(reader: SettingReader): string[] {
  const list = reader.list('TRUSTED_PROXIES') ?? [];
  if (!list.every(isNetwork)) {
    reader.fault(
      'TRUSTED_PROXIES must list addresses or networks like 10.0.0.7, 10.1.0.0/16 or fd00::/8, comma-separated.',
    );
  }
  return list.filter(isNetwork);
}

/** Never all addresses: then everybody could name whatever address he likes. */
function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const prefix = Number(bits ?? 32);
  return version !== 0 && prefix >= 1 && prefix <= (version === 4 ? 32 : 128);
}
