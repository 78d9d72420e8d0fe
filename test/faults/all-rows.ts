/** The rows that exist, in the order in which they run. */
import type { Row } from './row.js';
import { mdesFails } from './rows/m1-mdes-fails.js';
import { mdesHangs } from './rows/m2-mdes-hangs.js';
import { connectionsBreak } from './rows/m3-connections-break.js';
import { answersThatAreNone } from './rows/m4-answers-that-are-none.js';
import { errorsWith200 } from './rows/m5-errors-with-200.js';
import { notLetIn } from './rows/m6-not-let-in.js';
import { mdesUnreachable } from './rows/m7-mdes-unreachable.js';
import { duplicates } from './rows/p1-duplicates.js';
import { gatewayKilled } from './rows/p2-gateway-killed.js';
import { ledgerKilled } from './rows/p3-ledger-killed.js';
import { keysMisused } from './rows/p4-keys-misused.js';
import { severalAtOnce } from './rows/p5-several-at-once.js';
import { redisKilled } from './rows/r1-redis-killed.js';
import { redisFrozen } from './rows/r2-redis-frozen.js';
import { redisEmptied } from './rows/r3-redis-emptied.js';
import { redisAbsent } from './rows/r4-redis-absent.js';
import { partition } from './rows/r5-partition.js';
import { rubbishInRedis } from './rows/r6-rubbish-in-redis.js';
import { redisRefuses } from './rows/r7-redis-refuses.js';
import { stampede } from './rows/r8-stampede.js';
import { cacheFull } from './rows/r9-cache-full.js';
import { weekWithoutMdes } from './rows/r10-week-without-mdes.js';
import { stoppedMidPush } from './rows/s2-stopped-mid-push.js';
import { stoppedWhileMdesHangs } from './rows/s3-stopped-while-mdes-hangs.js';
import { timeLimits } from './rows/t1-time-limits.js';
import { cardStore } from './rows/v1-card-store.js';

export const ROWS: readonly Row[] = [
  redisKilled,
  redisFrozen,
  redisEmptied,
  redisAbsent,
  partition,
  rubbishInRedis,
  redisRefuses,
  stampede,
  cacheFull,
  weekWithoutMdes,
  cardStore,
  mdesFails,
  mdesHangs,
  connectionsBreak,
  answersThatAreNone,
  errorsWith200,
  notLetIn,
  mdesUnreachable,
  duplicates,
  gatewayKilled,
  ledgerKilled,
  keysMisused,
  severalAtOnce,
  stoppedMidPush,
  stoppedWhileMdesHangs,
  timeLimits,
];
