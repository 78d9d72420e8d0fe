/** CACHE_URL and what goes with it: where Redis is, and how it is entered. */
import { parseRedisUrl, type RedisSettings, withOneHost } from '../../domain/network/redis-address.js';
import { Secret } from '../../domain/secret.js';
import { urlFault } from '../rules/url-rules.js';
import type { SettingReader } from '../setting-reader.js';
import { readTlsSettings } from './tls-settings.js';

const FORMS =
  'redis://host:port with /N for database N, redis+sentinel://host:port,host:port/NAME where NAME is what the Sentinels call the primary, or redis+cluster://host:port,host:port (rediss for TLS)';

/** null: memory. */
export async function readCacheSettings(reader: SettingReader): Promise<RedisSettings | null> {
  const tls = await readTlsSettings(reader, 'CACHE');
  const text = reader.text('CACHE_URL');
  if (text === null || text === 'memory:') {
    requireNoSentinel(reader, 'without CACHE_URL');
    return null;
  }
  const url = withOneHost(text);
  const fault = url !== undefined && /^rediss?(?:\+|:)/.test(url.protocol) ? urlFault(url) : undefined;
  const address = fault === undefined ? parseRedisUrl(text) : undefined;
  if (fault !== undefined) reader.fault(`CACHE_URL ${fault}`);
  else if (address === undefined) reader.fault(`CACHE_URL must be memory:, or ${FORMS}.`);
  else if (!address.encrypted && (tls.ca !== null || tls.identity !== null)) {
    reader.fault('CACHE_URL is not encrypted, and CACHE_TLS_ settings are set: set a rediss:// URL.');
  }
  if (address?.kind !== 'SENTINEL') requireNoSentinel(reader, 'without a redis+sentinel:// CACHE_URL');
  const password = reader.text('CACHE_SENTINEL_PASSWORD');
  return {
    url: new Secret(text),
    tls,
    sentinel: {
      user: reader.text('CACHE_SENTINEL_USER'),
      password: password === null ? null : new Secret(password),
    },
  };
}

function requireNoSentinel(reader: SettingReader, without: string): void {
  for (const name of ['CACHE_SENTINEL_USER', 'CACHE_SENTINEL_PASSWORD'] as const) {
    if (reader.has(name)) reader.fault(`${name} is set ${without}: nobody would read it. Take it out.`);
  }
}
