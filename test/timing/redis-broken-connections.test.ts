/** Connections to Redis that break as they come to stand: nothing is thrown, a pause lies between the dials, and the log stays short. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { A_DAY_MS, certify } from '../faults/support/mdes/certificates.js';
import { built, killAll, runNode } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { CacheBench, eventually, sleep } from '../support/shared-cache.js';

const bench = new CacheBench();
const closers: (() => unknown)[] = [];

afterEach(async () => {
  await killAll();
  await bench.closeAll();
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Passes bytes to a port; `onAnswer` is told when the first come back. */
async function proxyTo(port: number, onAnswer: (inner: Socket) => void) {
  let dials = 0;
  const server = createServer((inner) => {
    dials += 1;
    const outer = dial(port, '127.0.0.1');
    inner.pipe(outer).pipe(inner, { end: false });
    outer.once('data', () => onAnswer(inner));
    // Late, as over a network: by then the client may have taken the connection for a good one.
    outer.once('close', () => setTimeout(() => inner.resetAndDestroy(), 50));
    inner.once('close', () => outer.destroy());
    for (const socket of [inner, outer]) socket.on('error', () => undefined);
  });
  return { port: await listen(server), dials: () => dials };
}

/** A process of its own, since an error that nobody listens to ends it; which authority it trusts Node reads at its start. */
const CONNECTED = `
  import { createLogger } from ${JSON.stringify(built('observability/logger.js'))};
  import { RedisConnection } from ${JSON.stringify(built('resilience/redis-connection.js'))};
  import { Secret } from ${JSON.stringify(built('domain/secret.js'))};
  const url = new Secret(process.env.REDIS_URL);
  const log = createLogger('info');
  const connection = new RedisConnection({ log }, { redis: { url }, issuer: 'x', name: 'Redis', whileAway: 'so what', deadlineMs: 100 });
  setInterval(() => connection.run('read', (client) => client.ping()).catch(() => undefined), 10);
`;

describe('a Redis that wants a certificate of its clients', () => {
  it('ends no process: the alert comes after the handshake, and a reset after the alert', async () => {
    const authority = certify({ host: 'Test', endsInMs: A_DAY_MS, isAuthority: true });
    const { key, cert } = certify({ host: 'localhost', endsInMs: A_DAY_MS, issuer: authority });
    const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const trusted = join(folder, 'authority.pem');
    writeFileSync(trusted, authority.cert);
    const tls = createTlsServer({
      key,
      cert,
      ca: [authority.cert],
      requestCert: true,
      rejectUnauthorized: true,
    });
    tls.on('tlsClientError', () => undefined);
    const proxy = await proxyTo(await listen(tls), () => undefined);
    const run = runNode(['--input-type=module', '-e', CONNECTED], {
      REDIS_URL: `rediss://localhost:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: trusted,
    });
    await eventually(() => proxy.dials() >= 5 || run.child.exitCode !== null, 30_000);
    expect(run.stderr()).toBe('');
    expect(run.child.exitCode).toBeNull();
    const lines = run.stdout().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: 'redis.unfit', code: 'TLS_WANTS_CERTIFICATE' }),
      expect.objectContaining({ msg: 'Redis: not available, so what' }),
    ]);
  });
});

describe('a Redis whose connections stand only for a moment', () => {
  it('is dialled with pauses, and told of in few lines', async () => {
    const redis = await RedisServer.start();
    closers.push(() => redis.stop());
    const proxy = await proxyTo(redis.port, (inner) => setTimeout(() => inner.destroy(), 20));
    await bench.make(`redis://127.0.0.1:${proxy.port}`);
    await sleep(4000);
    // 100, 200, 400, then 500 ms, a quarter less at times.
    expect(proxy.dials()).toBeGreaterThan(4);
    expect(proxy.dials()).toBeLessThan(16);
    expect(bench.linesWith('catalogue cache').length).toBeLessThan(12);
    expect(bench.linesWith('failed')).toHaveLength(1);
  });
});
