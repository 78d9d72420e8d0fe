/** Liveness and readiness: neither depends on anybody behind us, or all replicas would leave the rotation at once. */
import type { FastifyInstance } from 'fastify';
import type { AuditState } from '../../audit/trail.js';
import type { CatalogueState } from '../../catalogue/catalogue-status.js';
import type { KeysState } from '../sign-in/key-set.js';

export interface Health {
  /** False while it shuts down. */
  ready(): boolean;
  /** What it works with just now; degraded is still ready. */
  cache(): 'memory' | 'ready' | 'degraded';
  /** Why Redis cannot be used as it is set up; null: nothing is known. */
  cacheUnfit(): string | null;
  /** Unavailable: pushes are refused, and all else goes on. */
  ledger(): 'memory' | 'ready' | 'unavailable';
  mdes(): 'ready' | 'unavailable' | 'unauthorized';
  /** Of the sign-in. */
  keys(): KeysState;
  keysAgeMs(): number | null;
  catalogue(): CatalogueState;
  /** Failing: lines wait, or are lost and counted. */
  audit(): AuditState;
  /** Whether it is fetched ahead: else it may well be empty. */
  readonly isCatalogueKept: boolean;
}

export function registerHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    const { ready, members } = readiness(health);
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(members);
  });
}

/** As probes and operators are told it. */
export function readiness(health: Health): { readonly ready: boolean; readonly members: object } {
  const ready = health.ready();
  const [cache, ledger, mdes] = [health.cache(), health.ledger(), health.mdes()];
  const [keys, keysAgeMs, catalogue] = [health.keys(), health.keysAgeMs(), health.catalogue()];
  const audit = health.audit();
  const degraded =
    audit === 'failing' ||
    cache === 'degraded' ||
    ledger === 'unavailable' ||
    mdes !== 'ready' ||
    keys !== 'ok' ||
    (catalogue !== 'ok' && health.isCatalogueKept);
  const members = {
    status: ready ? 'ready' : 'closing',
    cache,
    cacheUnfit: health.cacheUnfit(),
    ledger,
    mdes,
    keys,
    keysAgeSeconds: keysAgeMs === null ? null : Math.floor(keysAgeMs / 1000),
    catalogue,
    audit,
    degraded,
  };
  return { ready, members };
}
