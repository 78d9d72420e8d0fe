/** What operators see of a gateway: its metrics, how it fares, and the level of its log, on a port of their own. */
import type { Config } from '../config/config.js';
import type { LevelLogger, LogLevel } from '../observability/logger.js';
import type { Metrics, MetricValues } from '../observability/metrics/metrics.js';
import type { Telemetry } from '../observability/telemetry.js';
import type { AdminServer } from '../server/admin/admin-server.js';
import type { Health } from '../server/routes/health.js';

/** What operators ask of a process that is one of several. */
export interface Duties {
  metrics(): Promise<MetricValues>;
  changeLevel(level: LogLevel): void;
}

/** The cause is why nobody can listen there. */
export class AdminListenError extends Error {
  override readonly name = 'AdminListenError';
}

/** @throws AdminListenError */
export async function listenForOperators(
  { metrics, health, log }: { readonly metrics: Metrics; readonly health: Health; readonly log: LevelLogger },
  listen: NonNullable<Config['admin']>,
): Promise<AdminServer> {
  const { startAdminServer } = await import('../server/admin/admin-server.js');
  const { readiness } = await import('../server/routes/health.js');
  const server = await startAdminServer(
    { metrics, readiness: () => readiness(health), level: { get: () => log.level, set: log.changeLevel } },
    listen,
  ).catch((cause: unknown) => {
    throw new AdminListenError('cannot listen for operators', { cause });
  });
  log.info({ url: server.url }, 'listening for operators');
  return server;
}

interface Watched {
  readonly health: Health;
  readonly catalogue: { status(): { readonly asOf: number | null; readonly tokenRequestorCount: number } };
  readonly now: () => number;
}

/** How it fares, looked at whenever somebody asks. */
export function watchState(telemetry: Telemetry, { health, catalogue, now }: Watched): void {
  telemetry.watch({
    name: 'ready',
    help: '1: it takes requests; 0: it shuts down.',
    read: () => (health.ready() ? 1 : 0),
  });
  telemetry.watch({
    name: 'dependency_well',
    help: '1: all is well with it, or it is not used; 0: as /readyz tells.',
    labelNames: ['dependency'],
    read: () =>
      Object.entries({
        cache: health.cache() !== 'degraded',
        ledger: health.ledger() !== 'unavailable',
        mdes: health.mdes() === 'ready',
        keys: health.keys() === 'ok',
        catalogue: health.catalogue() === 'ok',
        audit: health.audit() !== 'failing',
      }).map(([dependency, isWell]) => [{ dependency }, isWell ? 1 : 0] as const),
  });
  telemetry.watch({
    name: 'catalogue_age_seconds',
    help: "Age of the catalogue's oldest part; none while a part has never been fetched.",
    read: () => {
      const { asOf } = catalogue.status();
      return asOf === null ? null : (now() - asOf) / 1000;
    },
  });
  telemetry.watch({
    name: 'catalogue_token_requestors',
    help: "Token requestors over all of the issuer's account ranges.",
    read: () => catalogue.status().tokenRequestorCount,
  });
  telemetry.watch({
    name: 'key_set_age_seconds',
    help: 'Since the keys of the sign-in were fetched; none while no key is known.',
    read: () => {
      const age = health.keysAgeMs();
      return age === null ? null : age / 1000;
    },
  });
}
