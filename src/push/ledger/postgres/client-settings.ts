/** Where the ledger's database is, as `pg` takes it. */
import type pg from 'pg';
import { type TlsSettings, tlsOptions, USUAL_TLS } from '../../../domain/network/outward.js';
import type { Secret } from '../../../domain/secret.js';

/** Where a database is, and how it is entered. */
export interface Entrance {
  /** It may hold a password. */
  readonly url: Secret<string>;
  /** Absent: the URL says how it is encrypted. */
  readonly tls?: TlsSettings | undefined;
}

/** Without TLS settings of ours, the URL alone says how it is encrypted. */
export function clientSettings({ url, tls = USUAL_TLS }: Entrance): pg.ClientConfig {
  // Named, so that it takes the place of settings that there were before.
  if (tls.ca === null && tls.identity === null) return { connectionString: url.reveal(), ssl: undefined };
  const bare = new URL(url.reveal());
  // What the URL says of TLS would win over what is set.
  bare.searchParams.delete('sslmode');
  return { connectionString: bare.href, ssl: tlsOptions(tls) };
}
