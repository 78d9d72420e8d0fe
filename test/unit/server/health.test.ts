/** What an operator reads at /readyz. */
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { type Health, registerHealth } from '../../../src/server/routes/health.js';

async function readyz(health: Partial<Health>): Promise<{ status: number; body: unknown }> {
  const app = fastify();
  const well: Health = {
    ready: () => true,
    cache: () => 'ready',
    cacheUnfit: () => null,
    ledger: () => 'ready',
    mdes: () => 'ready',
    keys: () => 'ok',
    keysAgeMs: () => 61_900,
    catalogue: () => 'ok',
    audit: () => 'ready',
    isCatalogueKept: true,
  };
  registerHealth(app, { ...well, ...health });
  const answer = await fetch(`${await app.listen({ port: 0, host: '127.0.0.1' })}/readyz`);
  const body: unknown = await answer.json();
  await app.close();
  return { status: answer.status, body };
}

describe('/readyz', () => {
  it('tells how everything fares that it works with', async () => {
    const others = { cache: 'ready', cacheUnfit: null, ledger: 'ready', mdes: 'ready' };
    const known = { keys: 'ok', keysAgeSeconds: 61, catalogue: 'ok', audit: 'ready' };
    const body = { status: 'ready', ...others, ...known, degraded: false };
    expect(await readyz({})).toEqual({ status: 200, body });
  });

  it('names no age of keys where there are none', async () => {
    const { body } = await readyz({ keys: () => 'empty', keysAgeMs: () => null });
    expect(body).toMatchObject({ keys: 'empty', keysAgeSeconds: null });
  });

  it.each([
    ['MDES does not answer', { mdes: () => 'unavailable' }],
    ['MDES does not accept us', { mdes: () => 'unauthorized' }],
    ['the cache is away', { cache: () => 'degraded' }],
    ['the ledger is away', { ledger: () => 'unavailable' }],
    ['no key of the sign-in is known', { keys: () => 'empty', keysAgeMs: () => null }],
    ['the keys of the sign-in cannot be fetched anew', { keys: () => 'stale' }],
    ['the catalogue is empty', { catalogue: () => 'empty' }],
    ['the audit trail cannot be written', { audit: () => 'failing' }],
    ['the catalogue is stale', { catalogue: () => 'stale' }],
  ] as [string, Partial<Health>][])('is ready, but degraded, while %s', async (_, health) => {
    expect(await readyz(health)).toMatchObject({ status: 200, body: { status: 'ready', degraded: true } });
  });

  it('is not degraded by a catalogue that is only fetched when it is asked for', async () => {
    const { body } = await readyz({ catalogue: () => 'empty', isCatalogueKept: false });
    expect(body).toMatchObject({ catalogue: 'empty', degraded: false });
  });

  it('is not ready while it shuts down', async () => {
    expect(await readyz({ ready: () => false })).toMatchObject({ status: 503, body: { status: 'closing' } });
  });
});
