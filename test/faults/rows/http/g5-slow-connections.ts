/** G5: five hundred connections that send their headers or their body drop by drop, or ask and never read. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startSizedIssuer } from '../../../support/issuer/sized-issuer.js';
import { atLeast, atMost, none } from '../../figure.js';
import type { Row } from '../../row.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { SLOW_KINDS, SlowCrowd } from '../../support/limits/slow-crowd.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const COUNT = 500;
const SECONDS = 60;
const CUT_MS = 15_000;
const P99_FACTOR = 2;
/** What the machine alone adds to a p99 of a few milliseconds. */
const P99_GRACE_MS = 10;
/** Anybody may ask for it; ten of them are more than the system holds for a connection. What GraphQL makes is A2's. */
const LOGO = '/assets/logo-1.png';
const LOGO_BYTES = 500_000;

export const slowConnections: Row = {
  id: 'G5',
  title: `${COUNT} slow connections for ${SECONDS} s`,
  async run(scene) {
    const issuer = await startSizedIssuer({
      ...{ ranges: 4, requestors: 10, susan: 4, amir: 4 },
      logoBytes: LOGO_BYTES,
    });
    scene.owns(() => issuer.close());
    // Each address counts for itself.
    const environment = { ...issuer.environment, TRUSTED_PROXIES: '' };
    const gateway = await scene.gateway({ environment });
    const logo = await fetch(gateway.url + LOGO);
    const { byteLength } = await logo.arrayBuffer();
    await p99For(gateway, 2000);
    const calm = await p99For(gateway, 8000);
    const crowd = new SlowCrowd(gateway, LOGO);
    scene.owns(async () => crowd.leave());
    crowd.come(COUNT);
    const busy = await p99For(gateway, SECONDS * 1000);
    const { open } = crowd;
    await sleep(CUT_MS);
    const lives = crowd.leave();
    return [
      atLeast('bytes of a logo', byteLength, LOGO_BYTES),
      atLeast('held at the end', open, COUNT / 2),
      ...SLOW_KINDS.flatMap((kind) => [
        atLeast(`slow in ${kind}: cut`, lives.cut(kind), COUNT / SLOW_KINDS.length),
        atMost('the last after', lives.longestMs(kind), CUT_MS, 'ms'),
      ]),
      none('alive for longer', lives.olderThan(CUT_MS)),
      atMost(`p99 of others (${calm.toFixed(1)} ms before)`, busy, P99_FACTOR * calm + P99_GRACE_MS, 'ms'),
      ...aliveFigures([gateway]),
    ];
  },
};

async function p99For(gateway: GatewayChild, ms: number): Promise<number> {
  const times: number[] = [];
  const until = performance.now() + ms;
  while (performance.now() < until) {
    times.push((await gateway.graphql('{__typename}')).ms);
    await sleep(5);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
