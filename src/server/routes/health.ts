/** Liveness and readiness: neither depends on MDES or Redis, or all replicas would leave the rotation at once. */
import type { FastifyInstance } from 'fastify';

export interface Health {
  /** False while it shuts down. */
  ready(): boolean;
  /** What it works with just now; degraded is still ready. */
  cache(): 'memory' | 'ready' | 'degraded';
  mdes(): 'ready' | 'unavailable' | 'unauthorized';
}

export function registerHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    const ready = health.ready();
    const [cache, mdes] = [health.cache(), health.mdes()];
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ready ? 'ready' : 'closing',
        cache,
        mdes,
        degraded: cache === 'degraded' || mdes !== 'ready',
      });
  });
}
