/** L2: the primary dies at any moment under duplicates at two processes, and its synchronous standby takes its place. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { atLeast, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import { DatabaseProxy } from '../../support/ledger/database-proxy.js';
import { promote, synchronousStandby } from '../../support/ledger/standby.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { arrivals, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';
import { settledFigures } from '../../support/pushes/settled-figures.js';

const TRIALS = 100;
const PUSHES = 3;
/** As long as a push takes here. */
const LATEST_MS = 60;
const BACK_WITHIN_MS = 10_000;

export const standbyPromoted: Row = {
  id: 'L2',
  title: `primary killed under duplicates at 2 processes, synchronous standby promoted, ${TRIALS} times`,
  async run(scene) {
    const { stage } = scene;
    let primary = await scene.postgres();
    const proxy = await DatabaseProxy.start(primary.port);
    scene.owns(() => proxy.close());
    scene.ledgerSettings = { ...scene.ledgerSettings, LEDGER_URL: proxy.url };
    const wish = { ranges: stage.knownRanges };
    const first = await scene.gateway(wish);
    const gateways = [first, await scene.gateway(wish)];
    const areReady = async () =>
      (await Promise.all(gateways.map((gateway) => gateway.readiness()))).every(
        ({ ledger }) => ledger === 'ready',
      );
    const told = new Map<string, readonly Pushed[]>();
    let struck = 0;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const standby: PostgresServer = await synchronousStandby(primary);
      scene.owns(() => standby.stop());
      await eventually(areReady, BACK_WITHIN_MS);
      const keys = Array.from({ length: PUSHES }, (_, index) => `l2-${trial}-${index}`);
      const pushing = keys.map((key) => Promise.all(gateways.map((gateway) => pushWithKey(gateway, key))));
      await sleep(Math.random() * LATEST_MS);
      await primary.kill();
      await promote(standby);
      proxy.lead(standby.port);
      for (const [index, key] of keys.entries()) told.set(key, (await pushing[index]) ?? []);
      if (keys.some((key) => told.get(key)?.some(({ end }) => end === 'LEDGER_UNAVAILABLE'))) struck += 1;
      // While the trail is hot; what it leads to is judged at the end.
      await eventually(areReady, BACK_WITHIN_MS);
      if (trial % 2 === 0) await Promise.all(keys.map((key) => pushWithKey(first, key)));
      // What it had is cleared away meanwhile.
      const cleared = primary.stop();
      scene.owns(() => cleared);
      primary = standby;
    }
    const figures = await settledFigures(stage, first, [...told.keys()]);
    const forgotten: string[] = [];
    for (const [key, words] of told) {
      const ready = words.find(({ end }) => end === 'READY');
      if (ready === undefined) continue;
      const { id, end } = await pushWithKey(first, key);
      if (id !== ready.id || end !== 'READY') forgotten.push(`READY, then ${end}`);
    }
    const sent = arrivals(stage);
    return [
      atLeast('trials in which a push was struck', struck, TRIALS / 4),
      none(
        `of ${told.size} keys sent more than once`,
        [...told.keys()].filter((key) => sent(key) > 1).length,
      ),
      noneOf('READY that was told and is forgotten', forgotten),
      ...figures,
      ...aliveFigures(gateways),
    ];
  },
};
