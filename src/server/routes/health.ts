/** Liveness and readiness: neither depends on MDES, Redis or the ledger's database, or all replicas would leave the rotation at once. */
import type { FastifyInstance } from 'fastify';

export interface Health {
  /** False while it shuts down. */
  ready(): boolean;
  /** What it works with just now; degraded is still ready. */
  cache(): 'memory' | 'ready' | 'degraded';
  /** Unavailable: pushes are refused, and all else goes on. */
  ledger(): 'memory' | 'ready' | 'unavailable';
  mdes(): 'ready' | 'unavailable' | 'unauthorized';
}

export function registerHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    const ready = health.ready();
    const [cache, ledger, mdes] = [health.cache(), health.ledger(), health.mdes()];
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ready ? 'ready' : 'closing',
        cache,
        ledger,
        mdes,
        degraded: cache === 'degraded' || ledger === 'unavailable' || mdes !== 'ready',
      });
  });
}
