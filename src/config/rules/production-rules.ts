/** What a gateway with real cards behind it does not start with, although each is well formed. */
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseUrl } from '../../domain/url.js';
import type { SettingReader } from '../setting-reader.js';
import { isProduction } from './embedded-rules.js';

const ENCRYPTED: readonly string[] = ['require', 'verify-ca', 'verify-full'];

/** Notes a fault for each; nothing of it matters where nothing leaves the machine. */
export function checkProduction(reader: SettingReader): void {
  if (!isProduction(reader)) return;
  if (reader.text('LOG_LEVEL') === 'silent') {
    reader.fault(
      'LOG_LEVEL is silent: in production somebody must be able to see what happened. Set fatal or more.',
    );
  }
  if (isPlainHttp(reader.text('PUBLIC_URL'))) {
    reader.fault(
      'PUBLIC_URL is http://: in production tokens and receipts would travel in clear. Set an https:// URL.',
    );
  }
  if ((reader.list('CORS_ORIGINS') ?? []).some(isPlainHttp)) {
    reader.fault(
      'CORS_ORIGINS lists an http:// origin: anybody on its network can be that page. List https:// origins.',
    );
  }
  const cache = parseUrl(reader.text('CACHE_URL') ?? '');
  if (cache?.protocol === 'redis:' && cache.password !== '' && !isLoopbackHost(cache.hostname)) {
    reader.fault('CACHE_URL sends a password over redis://: it would travel in clear. Set a rediss:// URL.');
  }
  const ledger = parseUrl(reader.text('LEDGER_URL') ?? '');
  if (ledger !== undefined && isOpenDatabase(ledger)) {
    reader.fault(
      'LEDGER_URL reaches its database without TLS: whoever stands in between could be it. Add ?sslmode=verify-full (or verify-ca, require).',
    );
  }
}

/** By the network, and not told to encrypt: `prefer` and `allow` do without. */
function isOpenDatabase({ protocol, hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') ?? hostname;
  const isNear = host === '' || host.startsWith('/') || isLoopbackHost(host);
  const sslmode = searchParams.get('sslmode') ?? '';
  return /^postgres(?:ql)?:$/.test(protocol) && !isNear && !ENCRYPTED.includes(sslmode);
}

function isPlainHttp(text: string | null): boolean {
  const url = parseUrl(text ?? '');
  return url?.protocol === 'http:' && !isLoopbackHost(url.hostname);
}
