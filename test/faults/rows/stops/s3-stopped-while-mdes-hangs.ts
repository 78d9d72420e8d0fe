/** S3: SIGTERM while MDES does not answer the pushes that are under way. */
import { atMost, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { hang, only } from '../../support/mdes/behaviours.js';
import { changedIds, otherEnds, stopMidPush } from '../../support/pushes/stopped-gateway.js';

const PUSHES = 5;
/** So soon that no push is UNKNOWN by its age alone when the other gateway is asked: it was recorded. */
const GRACE_MS = 12_000;

export const stoppedWhileMdesHangs: Row = {
  id: 'S3',
  title: 'SIGTERM while MDES hangs',
  async run(scene) {
    scene.stage.proxy.behave(only(['pushMultipleAccounts'], hang));
    const stopped = await stopMidPush(scene, 's3', PUSHES);
    return [
      noneOf(`of ${PUSHES} pushes not UNKNOWN`, otherEnds(stopped.answers, 'UNKNOWN')),
      exactly('exit code', String(stopped.exitCode), '0'),
      atMost('exit after', stopped.exitMs, GRACE_MS, 'ms'),
      noneOf('not recorded as UNKNOWN', otherEnds(stopped.replays, 'UNKNOWN')),
      none('with another push', changedIds(stopped)),
      none('not sent once', stopped.keys.filter((key) => stopped.sent(key) !== 1).length),
    ];
  },
};
