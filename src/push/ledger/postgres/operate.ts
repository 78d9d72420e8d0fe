/** What operators do to the ledger's database by hand, in one command each. */
import pg from 'pg';
import type { TlsSettings } from '../../../domain/network/outward.js';
import type { Secret } from '../../../domain/secret.js';
import { withDeadline } from '../../../resilience/deadline.js';
import { clientSettings, type Entrance } from './client-settings.js';
import { mendOf, UnfitDatabase } from './examine.js';
import { migrate } from './migrations.js';

const CONNECT_MS = 5000;
const END_MS = 1000;
const SILENT = 'nothing comes back from LEDGER_URL within 5 s: it may hang, or a firewall swallows it.';

/** @throws UnfitDatabase that says what to mend */
export function migrateLedger(url: Secret<string>, tls?: TlsSettings): Promise<string> {
  return withClient({ url, tls }, async (client) => {
    const count = await migrate(client);
    return count === 0
      ? 'The tables are up to date.'
      : `The tables are up to date: ${count} migration(s) done.`;
  });
}

/** Pushes go on, although the ledger has forgotten some. @throws UnfitDatabase that says what to mend */
export function acceptRestore(url: Secret<string>, issuer: string, tls?: TlsSettings): Promise<string> {
  return withClient({ url, tls }, async (client) => {
    await client.query(
      `insert into ledger_progress (issuer, counter, accepted_at) values ($1, 1, now())
on conflict (issuer) do update set accepted_at = now()`,
      [issuer],
    );
    return 'Accepted: the gateways push again within a second. What the ledger has forgotten may be pushed a second time.';
  });
}

export async function withClient<T>(entrance: Entrance, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...clientSettings(entrance), connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it does not answer.';
    throw new UnfitDatabase(mendOf(error) ?? (/timeout/.test(said) ? SILENT : said));
  } finally {
    // After a connection that broke off while it was made, it may never say that it has ended.
    await withDeadline(client.end(), END_MS).catch(() => undefined);
  }
}
