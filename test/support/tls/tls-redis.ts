/** A real Redis that takes TLS from those alone whose certificate its authority has signed; its plain port is the test's. */
import { freePort, RedisServer } from '../redis-server.js';
import type { BankAuthority } from './bank-authority.js';

export interface TlsRedis {
  readonly redis: RedisServer;
  /** By the name in its certificate. */
  readonly url: string;
  readonly tlsPort: number;
}

export async function startTlsRedis(authority: BankAuthority, host = 'localhost'): Promise<TlsRedis> {
  const own = authority.certificate(host);
  const tlsPort = await freePort();
  const redis = await RedisServer.start({
    args: [
      ...['--tls-port', String(tlsPort), '--tls-auth-clients', 'yes'],
      ...['--tls-cert-file', authority.file('redis.crt', own.cert)],
      ...['--tls-key-file', authority.file('redis.key', own.key)],
      ...['--tls-ca-cert-file', authority.file('redis-ca.crt', authority.cert)],
    ],
  });
  return { redis, tlsPort, url: `rediss://localhost:${tlsPort}` };
}
