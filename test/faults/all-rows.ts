/** The rows that exist, in the order in which they run. */
import type { Row } from './row.js';
import { browserWalks } from './rows/b1-browser-walks.js';
import { supplyChain } from './rows/c1-supply-chain.js';
import { node24 } from './rows/c2-node-24.js';
import { largeCatalogues } from './rows/catalogue/k1-large-catalogues.js';
import { staleBytes } from './rows/catalogue/k2-stale-bytes.js';
import { canaries, errorTexts } from './rows/d-secrets.js';
import { heapSnapshot } from './rows/d2-heap-snapshot.js';
import { image } from './rows/deploy/c3-image.js';
import { compose } from './rows/deploy/c4-compose.js';
import { everyNode } from './rows/deploy/c5-every-node.js';
import { multipliedAnswers } from './rows/documents/a1-multiplied-answers.js';
import { neverRead } from './rows/documents/a2-never-read.js';
import { strangers } from './rows/documents/a3-strangers.js';
import { graphqlCop } from './rows/documents/g1-graphql-cop.js';
import { attackCorpus } from './rows/documents/g2-attack-corpus.js';
import { billionLaughs } from './rows/documents/g3-billion-laughs.js';
import { fuzzedDocuments } from './rows/documents/g4-fuzzed-documents.js';
import { guessedNames } from './rows/documents/g7-dictionary.js';
import { seenByPrometheus } from './rows/e1-seen-by-prometheus.js';
import { slowConnections } from './rows/http/g5-slow-connections.js';
import { smuggledRequests } from './rows/http/g6-smuggled-requests.js';
import { keySetAway } from './rows/keys/j1-key-set-away.js';
import { keyRotation } from './rows/keys/j2-key-rotation.js';
import { badTokens } from './rows/keys/j3-bad-tokens.js';
import { rightsLost } from './rows/keys/j4-rights-lost.js';
import { ledgerAway } from './rows/ledger/l1-ledger-away.js';
import { standbyPromoted } from './rows/ledger/l2-standby-promoted.js';
import { keysReplaced } from './rows/ledger/l3-keys-replaced.js';
import { clocksDiffer } from './rows/ledger/l4-clocks-differ.js';
import { callersGone } from './rows/ledger/l5-callers-gone.js';
import { rowsGoneAndChanged } from './rows/ledger/l6-rows-gone-and-changed.js';
import { answersLateAndLost } from './rows/ledger/l7-answers-late-and-lost.js';
import { twoReleases } from './rows/ledger/l8-two-releases.js';
import { shareOfAPush } from './rows/ledger/l9-share-of-a-push.js';
import { idleConnections } from './rows/limits/a4-idle-connections.js';
import { oneHoldersFlood } from './rows/limits/a5-one-holders-flood.js';
import { limitsOverProcesses } from './rows/limits/a6-limits-over-processes.js';
import { mdesFails } from './rows/mdes/m1-mdes-fails.js';
import { mdesHangs } from './rows/mdes/m2-mdes-hangs.js';
import { connectionsBreak } from './rows/mdes/m3-connections-break.js';
import { answersThatAreNone } from './rows/mdes/m4-answers-that-are-none.js';
import { errorsWith200 } from './rows/mdes/m5-errors-with-200.js';
import { notLetIn } from './rows/mdes/m6-not-let-in.js';
import { mdesUnreachable } from './rows/mdes/m7-mdes-unreachable.js';
import { connectionsOutwards } from './rows/o1-connections-outwards.js';
import { logOutputs } from './rows/o2-log-outputs.js';
import { hostilePicturesShown } from './rows/pictures/x1-hostile-pictures.js';
import { duplicates } from './rows/pushes/p1-duplicates.js';
import { gatewayKilled } from './rows/pushes/p2-gateway-killed.js';
import { ledgerKilled } from './rows/pushes/p3-ledger-killed.js';
import { keysMisused } from './rows/pushes/p4-keys-misused.js';
import { severalAtOnce } from './rows/pushes/p5-several-at-once.js';
import { wholeModels } from './rows/q2-whole-models.js';
import { redisKilled } from './rows/redis/r1-redis-killed.js';
import { redisFrozen } from './rows/redis/r2-redis-frozen.js';
import { redisEmptied } from './rows/redis/r3-redis-emptied.js';
import { redisAbsent } from './rows/redis/r4-redis-absent.js';
import { partition } from './rows/redis/r5-partition.js';
import { rubbishInRedis } from './rows/redis/r6-rubbish-in-redis.js';
import { redisRefuses } from './rows/redis/r7-redis-refuses.js';
import { stampede } from './rows/redis/r8-stampede.js';
import { cacheFull } from './rows/redis/r9-cache-full.js';
import { weekWithoutMdes } from './rows/redis/r10-week-without-mdes.js';
import { nothingUncaught } from './rows/s4-nothing-uncaught.js';
import { soak } from './rows/soak/s5-soak.js';
import { keyFiles } from './rows/start/f1-key-files.js';
import { diagnoses } from './rows/start/f2-diagnoses.js';
import { rollingRestart } from './rows/stops/s1-rolling-restart.js';
import { stoppedMidPush } from './rows/stops/s2-stopped-mid-push.js';
import { stoppedWhileMdesHangs } from './rows/stops/s3-stopped-while-mdes-hangs.js';
import { replacedUnderLoad } from './rows/stops/s6-replaced-under-load.js';
import { timeLimits } from './rows/t1-time-limits.js';
import { stopwatch } from './rows/u1-stopwatch.js';
import { cardStore } from './rows/v1-card-store.js';
import { workersDie } from './rows/workers/n1-workers-die.js';

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
  largeCatalogues,
  staleBytes,
  cardStore,
  keySetAway,
  keyRotation,
  badTokens,
  rightsLost,
  idleConnections,
  oneHoldersFlood,
  limitsOverProcesses,
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
  ledgerAway,
  standbyPromoted,
  keysReplaced,
  clocksDiffer,
  callersGone,
  rowsGoneAndChanged,
  answersLateAndLost,
  twoReleases,
  shareOfAPush,
  keyFiles,
  diagnoses,
  connectionsOutwards,
  logOutputs,
  multipliedAnswers,
  neverRead,
  strangers,
  graphqlCop,
  attackCorpus,
  billionLaughs,
  fuzzedDocuments,
  slowConnections,
  smuggledRequests,
  hostilePicturesShown,
  browserWalks,
  stopwatch,
  guessedNames,
  rollingRestart,
  stoppedMidPush,
  stoppedWhileMdesHangs,
  soak,
  replacedUnderLoad,
  workersDie,
  nothingUncaught,
  wholeModels,
  timeLimits,
  canaries,
  heapSnapshot,
  errorTexts,
  supplyChain,
  seenByPrometheus,
  node24,
  everyNode,
  image,
  compose,
];
