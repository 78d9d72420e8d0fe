/** A4: 2,000 connections of one address that do nothing, and then as many as there are at all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, exactly, type Figure } from '../../figure.js';
import type { Row } from '../../row.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { ask, Crowd } from '../../support/limits/crowd.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const ONE = '127.0.0.1';
const OTHER = '127.0.0.2';
const MANY = ['127.0.1.1', '127.0.1.2', '127.0.1.3', '127.0.1.4', '127.0.1.5'];
const ROUNDS = 20;
const PAUSE_MS = 150;
const WITHIN_MS = 1000;

export const idleConnections: Row = {
  id: 'A4',
  title: '2,000 idle connections of one address; then of five',
  async run(scene) {
    const gateway = await scene.gateway({
      ranges: scene.stage.knownRanges,
      environment: { TRUSTED_PROXIES: '' },
    });
    return [
      ...(await crowded(gateway, 'one address', [ONE], 2000, 500)),
      ...(await crowded(gateway, 'five addresses', MANY, 500, 2000)),
      ...aliveFigures([gateway]),
    ];
  },
};

async function crowded(
  gateway: GatewayChild,
  name: string,
  addresses: readonly string[],
  count: number,
  held: number,
): Promise<Figure[]> {
  const crowd = new Crowd(gateway.url);
  crowd.come(addresses, count);
  try {
    // Node closes who says nothing after 5 s.
    await sleep(3000);
    const { open } = crowd;
    const [probes, others]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const path of ['/livez', '/readyz']) {
        for (const address of [ONE, OTHER]) {
          probes.push(await ask(gateway.url + path, { address, withinMs: WITHIN_MS }));
        }
      }
      const { token } = gateway;
      others.push(await ask(`${gateway.url}/graphql`, { address: OTHER, token, withinMs: WITHIN_MS }));
      await sleep(PAUSE_MS);
    }
    const served = (statuses: readonly number[], status: number) =>
      statuses.filter((one) => one === status).length;
    return [
      atLeast(`${name}: connections held`, open, held),
      exactly(`probes served of ${probes.length}`, served(probes, 200), probes.length),
      // With every connection taken by others there is no room for more; nobody is left without an answer.
      addresses.length === 1
        ? exactly(`requests of another address served of ${ROUNDS}`, served(others, 200), ROUNDS)
        : exactly(`requests answered of ${ROUNDS}`, served(others, 200) + served(others, 429), ROUNDS),
    ];
  } finally {
    crowd.leave();
    await sleep(500);
  }
}
