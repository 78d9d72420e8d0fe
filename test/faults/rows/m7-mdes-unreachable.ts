/** M7: MDES cannot be reached: nothing listens, its name does not resolve, its certificate is nobody's. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createMdesClient } from '../../../src/mdes/create-mdes-client.js';
import { createLogger } from '../../../src/observability/logger.js';
import { selfSignedCertificate } from '../../../src/simulator/self-signed-certificate.js';
import { caught, makeTestKeys, pushRequest } from '../../support/mdes-fixtures.js';
import { atMost, exactly, type Figure, none, noneOf } from '../figure.js';
import type { Row } from '../row.js';
import { CARD_RANGE, canonical, PUSH, pushInput, READ } from '../support/documents.js';
import { aliveFigures } from '../support/load-figures.js';
import type { Scene } from '../support/scene.js';

const PUSHES = 5;
const PUSH_MS = 9000;
const READ_MS = 3000;

export const mdesUnreachable: Row = {
  id: 'M7',
  title: 'MDES cannot be reached',
  async run(scene) {
    return [...(await refused(scene)), ...(await nameAndCertificate())];
  },
};

/** Through a gateway, to its end: the same keys push once MDES is there again. */
async function refused(scene: Scene): Promise<Figure[]> {
  const { proxy, simulator, oracle } = scene.stage;
  const redis = await scene.redis({ args: ['--appendonly', 'yes'] });
  const gateway = await scene.gateway({ redisUrl: redis.url });
  await gateway.graphql(READ, { ranges: [CARD_RANGE] });
  await proxy.refuse();
  const keys = Array.from({ length: PUSHES }, (_, index) => `unreachable-${index}`);
  const push = (key: string) => gateway.graphql(PUSH, { input: pushInput(key) });
  const away = await Promise.all(keys.map(push));
  const cached = await gateway.graphql(READ, { ranges: [CARD_RANGE] });
  const cold = await gateway.graphql(READ, { ranges: scene.coldRanges(1) });
  await proxy.accept();
  const again = await Promise.all(keys.map(push));
  const statuses = again.map(({ data }) => String(data?.pushCard?.status));
  return [
    noneOf(
      `of ${PUSHES} pushes not UPSTREAM_UNAVAILABLE`,
      away.map(({ codes }) => codes.join()).filter((code) => code !== 'UPSTREAM_UNAVAILABLE'),
    ),
    atMost('slowest push', Math.max(...away.map(({ ms }) => ms)), PUSH_MS, 'ms'),
    exactly('cached read', canonical(cached.data?.tokenRequestors ?? []), oracle[CARD_RANGE] ?? ''),
    exactly('cold read', cold.codes.join(), 'UPSTREAM_UNAVAILABLE'),
    atMost('cold read after', cold.ms, READ_MS, 'ms'),
    noneOf(
      'same keys later not READY',
      statuses.filter((status) => status !== 'READY'),
    ),
    exactly('sends', (await simulator.calls()).pushMultipleAccounts, PUSHES),
    ...aliveFigures([gateway]),
  ].map(withoutText);
}

/** By the client for MDES alone: the catalogue of such an MDES could never have been read. */
async function nameAndCertificate(): Promise<Figure[]> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  let requests = 0;
  const server = createServer({ key, cert: selfSignedCertificate(key, 'nobody') }, () => {
    requests += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const figures: Figure[] = [];
  for (const [what, baseUrl] of [
    ['a name that does not resolve', 'https://mdes.invalid/mdes'],
    ['a certificate of nobody', `https://127.0.0.1:${port}/mdes`],
  ] as const) {
    const client = createMdesClient(makeTestKeys().identity(baseUrl), { logger: createLogger('silent') });
    const startedAt = performance.now();
    const { kind } = await caught(client.pushMultipleAccounts(pushRequest()));
    figures.push(
      exactly(what, kind, 'UNAVAILABLE'),
      atMost('after', performance.now() - startedAt, PUSH_MS, 'ms'),
    );
    await client.close();
  }
  server.close();
  return [...figures, none('requests that arrived', requests)];
}

/** The catalogue's text is long: what counts is whether it is the same. */
function withoutText(figure: Figure): Figure {
  if (figure.name !== 'cached read') return figure;
  return { ...figure, measured: figure.held ? 'right' : 'wrong', bound: '= right' };
}
