/** S2: SIGTERM while pushes are under way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { pass } from '../../support/mdes/exchange.js';
import { changedIds, otherEnds, stopMidPush } from '../../support/pushes/stopped-gateway.js';

const PUSHES = 10;
const MDES_TAKES_MS = 1500;
const GRACE_MS = 15_000;

export const stoppedMidPush: Row = {
  id: 'S2',
  title: 'SIGTERM mid-push',
  async run(scene) {
    scene.stage.proxy.behave(async (exchange) => {
      if (exchange.operation === 'pushMultipleAccounts') await sleep(MDES_TAKES_MS);
      return pass(exchange);
    });
    const stopped = await stopMidPush(scene, 's2', PUSHES);
    return [
      noneOf(`of ${PUSHES} pushes not READY`, otherEnds(stopped.answers, 'READY')),
      exactly('exit code', String(stopped.exitCode), '0'),
      atMost('exit after', stopped.exitMs, GRACE_MS, 'ms'),
      noneOf('replays elsewhere not READY', otherEnds(stopped.replays, 'READY')),
      none('with another push', changedIds(stopped)),
      none('not sent once', stopped.keys.filter((key) => stopped.sent(key) !== 1).length),
    ];
  },
};
