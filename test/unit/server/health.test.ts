/** What an operator reads at /readyz. */
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { type Health, registerHealth } from '../../../src/server/routes/health.js';

async function readyz(health: Partial<Health>): Promise<{ status: number; body: unknown }> {
  const app = fastify();
  const well: Health = {
    ready: () => true,
    cache: () => 'ready',
    ledger: () => 'ready',
    mdes: () => 'ready',
  };
  registerHealth(app, { ...well, ...health });
  const answer = await fetch(`${await app.listen({ port: 0, host: '127.0.0.1' })}/readyz`);
  const body: unknown = await answer.json();
  await app.close();
  return { status: answer.status, body };
}

describe('/readyz', () => {
  it('tells how the cache, the ledger and MDES fare', async () => {
    const body = { status: 'ready', cache: 'ready', ledger: 'ready', mdes: 'ready', degraded: false };
    expect(await readyz({})).toEqual({ status: 200, body });
  });

  it.each([
    ['MDES does not answer', { mdes: () => 'unavailable' }],
    ['MDES does not accept us', { mdes: () => 'unauthorized' }],
    ['the cache is away', { cache: () => 'degraded' }],
    ['the ledger is away', { ledger: () => 'unavailable' }],
  ] as [string, Partial<Health>][])('is ready, but degraded, while %s', async (_, health) => {
    expect(await readyz(health)).toMatchObject({ status: 200, body: { status: 'ready', degraded: true } });
  });

  it('is not ready while it shuts down', async () => {
    expect(await readyz({ ready: () => false })).toMatchObject({ status: 503, body: { status: 'closing' } });
  });
});
