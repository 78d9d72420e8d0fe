/** What a gateway with real cards behind it does not start with, although each is well formed. */
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseRedisUrl, type RedisAddress, withOneHost } from '../../domain/network/redis-address.js';
import { parseUrl } from '../../domain/url.js';
import type { SettingReader } from '../setting-reader.js';
import { isProduction } from './embedded-rules.js';
import { urlFault } from './url-rules.js';

const ENCRYPTED: readonly string[] = ['require', 'verify-ca', 'verify-full'];

/** Notes a fault for each; nothing of it matters where nothing leaves the machine. */
export function checkProduction(reader: SettingReader): void {
  if (!isProduction(reader)) return;
  if (reader.text('LOG_LEVEL') === 'silent') {
    reader.fault(
      'LOG_LEVEL is silent: in production somebody must be able to see what happened. Set fatal or more.',
    );
  }
  if (isPlainHttp(reader.text('PUBLIC_URL'), reader)) {
    reader.fault(
      'PUBLIC_URL is http://: in production tokens and receipts would travel in clear. Set an https:// URL, or list its host in PLAIN_HTTP_HOSTS where something else encrypts.',
    );
  }
  if ((reader.list('CORS_ORIGINS') ?? []).some((origin) => isPlainHttp(origin, reader))) {
    reader.fault(
      'CORS_ORIGINS lists an http:// origin: anybody on its network can be that page. List https:// origins.',
    );
  }
  const cache = readableRedisUrl(reader.text('CACHE_URL') ?? '');
  const isFar = cache?.hosts.some(({ host }) => !isLoopbackHost(host));
  const hasPassword = cache?.credentials.password != null || reader.has('CACHE_SENTINEL_PASSWORD');
  if (cache?.encrypted === false && hasPassword && isFar) {
    reader.fault('CACHE_URL sends a password over redis://: it would travel in clear. Set a rediss:// URL.');
  }
  const ledger = parseUrl(reader.text('LEDGER_URL') ?? '');
  const ownTls = reader.has('LEDGER_TLS_CA') || reader.has('LEDGER_TLS_KEY');
  if (ledger !== undefined && !ownTls && isOpenDatabase(ledger)) {
    reader.fault(
      'LEDGER_URL reaches its database without TLS: whoever stands in between could be it. Add ?sslmode=verify-full (or verify-ca, require).',
    );
  }
}

/** What cannot be read has its fault already. */
function readableRedisUrl(text: string): RedisAddress | undefined {
  const url = withOneHost(text);
  return url === undefined || urlFault(url) !== undefined ? undefined : parseRedisUrl(text);
}

/** By the network, and not told to encrypt: `prefer` and `allow` do without. */
function isOpenDatabase({ protocol, hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') ?? hostname;
  const isNear = host === '' || host.startsWith('/') || isLoopbackHost(host);
  const sslmode = searchParams.get('sslmode') ?? '';
  return /^postgres(?:ql)?:$/.test(protocol) && !isNear && !ENCRYPTED.includes(sslmode);
}

function isPlainHttp(text: string | null, reader: SettingReader): boolean {
  const url = parseUrl(text ?? '');
  return url?.protocol === 'http:' && !reader.isPlainMeant(url.hostname);
}
