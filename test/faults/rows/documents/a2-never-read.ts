/** A2: sixty sockets that ask for the largest answers and never read: each is cut, and nobody else waits for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startSizedIssuer } from '../../../support/issuer/sized-issuer.js';
import { atMost, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { askAndNeverRead } from '../../support/sockets.js';

const SOCKETS = 60;
const CUT_WITHIN_MS = 15_000;
const RSS_GROWTH_MB = 50;
/** Sent in a row, so that one answer stands behind the other. */
const ANSWERS_EACH = 8;
/** 1.3 MB each. */
const LARGE = '{asset(id:"logo-1"){a:mediaContents{data} b:mediaContents{data} c:mediaContents{data}}}';
const PROBE = '{__typename}';

export const neverRead: Row = {
  id: 'A2',
  title: 'sixty sockets that ask and never read',
  async run(scene) {
    const issuer = await startSizedIssuer({
      ...{ ranges: 4, requestors: 10, susan: 4, amir: 4 },
      logoBytes: 330_000,
    });
    scene.owns(() => issuer.close());
    const gateway = await scene.gateway({ environment: issuer.environment });
    for (let round = 0; round < 10; round++) await gateway.graphql(LARGE);
    const probe = async () => {
      const times: number[] = [];
      for (let index = 0; index < 200; index++) times.push((await gateway.graphql(PROBE)).ms);
      return times.sort((a, b) => a - b)[197] ?? 0;
    };
    await probe();
    const calm = await probe();
    const before = await gateway.vitals();
    const deaf = await Promise.all(
      Array.from({ length: SOCKETS }, () => askAndNeverRead(gateway, LARGE, ANSWERS_EACH)),
    );
    scene.owns(async () => {
      for (const { socket } of deaf) socket.destroy();
    });
    // Their answers are made, as anybody's are; then they lie there.
    await sleep(3000);
    const during = await gateway.vitals();
    const busy = await probe();
    await sleep(CUT_WITHIN_MS - 3000);
    const cuts = deaf.map(({ cutAfterMs }) => cutAfterMs());
    return [
      none('sockets still there', cuts.filter((cut) => cut === undefined).length),
      atMost('the last was cut after', Math.max(...cuts.map((cut) => cut ?? 0)), CUT_WITHIN_MS, 'ms'),
      atMost('RSS growth meanwhile', during.rssMb - before.rssMb, RSS_GROWTH_MB, 'MB'),
      atMost('p99 of others', busy, Math.max(2 * calm, 20), 'ms'),
      ...aliveFigures([gateway]),
    ];
  },
};
