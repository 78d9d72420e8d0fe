/** Where the ledger's database is, as `pg` takes it. */
import type pg from 'pg';
import { type TlsSettings, tlsOptions, USUAL_TLS } from '../../../domain/network/outward.js';
import type { Secret } from '../../../domain/secret.js';

/** Without TLS settings of ours, the URL alone says how it is encrypted. */
export function clientSettings(url: Secret<string>, tls: TlsSettings = USUAL_TLS): pg.ClientConfig {
  if (tls.ca === null && tls.identity === null) return { connectionString: url.reveal() };
  const bare = new URL(url.reveal());
  // What the URL says of TLS would win over what is set.
  bare.searchParams.delete('sslmode');
  return { connectionString: bare.href, ssl: tlsOptions(tls) };
}
