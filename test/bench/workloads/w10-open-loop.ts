/** W10: the mix of a day, at a steady pace, with Redis and PostgreSQL: how long anybody waits. */
import { cardsOf, holderName } from '../support/holders.js';
import { requireRight } from '../support/load/load.js';
import { HOLDERS, pickerMix, rangeSets, setOf } from '../support/picker-mix.js';
import { pushRequests } from '../support/pushes.js';
import { startGateway } from '../support/servers/gateway.js';
import { startPostgres, startRedis } from '../support/servers/stores.js';
import { startWorld } from '../support/world/world.js';
import { atMost, tidy, type Workload } from '../workload.js';

const FIRST_RANGE = 520_474_000;
const RANGES = 40;
const REQUESTS = 3000;
const PUSH_SHARE = 0.05;
const PER_SECOND = 200;
const SECONDS = 20;
const WARM_SECONDS = 40;
const CONNECTIONS = 20;
const PROFILE_SECONDS = 6;

export const openLoop: Workload = {
  id: 'W10',
  title: "open loop, 200 requests a second (W2's mix with 5 % pushes), Redis and PostgreSQL",
  patienceMs: 120_000,
  async run(bench) {
    const ranges = Array.from({ length: RANGES }, (_, at) => String(FIRST_RANGE + at).padEnd(19, '0'));
    const sets = rangeSets(ranges);
    const holders = Array.from({ length: HOLDERS }, (_, at) => holderName(at));
    const accounts = holders.flatMap((holder, at) => cardsOf(holder, setOf(sets, at)));
    const world = await startWorld(bench.row, { accounts });
    const [postgres, redis] = [await startPostgres(bench.row), await startRedis(bench.row)];
    const gateway = await startGateway(bench.row, {
      environment: {
        ...world.mdes,
        ...world.cardStore,
        ...bench.signIn.environment,
        MDES_ACCOUNT_RANGES: ranges.join(','),
        LEDGER_URL: postgres.url,
        CACHE_URL: redis.url,
      },
    });
    const tokens = await bench.signIn.tokens(holders);
    const pickers = pickerMix(REQUESTS * (1 - PUSH_SHARE), tokens, sets);
    const pushes = pushRequests(tokens).slice(0, REQUESTS * PUSH_SHARE);
    const prepared = await bench.load.prepare([...pickers, ...pushes]);
    const reads = await bench.load.prepare(pickers);
    const { port, process } = gateway;
    const warm = { port, prepared, connections: CONNECTIONS, seconds: WARM_SECONDS, inTurn: true };
    requireRight('W10, warming up', await bench.load.closed(warm));
    await bench.load.open({ port, prepared, perSecond: PER_SECOND, seconds: 3 });
    const pushedBefore = await world.pushes();
    await process.ask('watchLoop');
    const result = await bench.load.open({ port, prepared, perSecond: PER_SECOND, seconds: SECONDS });
    const held = await process.ask<{ readonly p99Ms: number; readonly maxMs: number }>('loopHeld');
    requireRight('W10', result);
    const alone = await bench.load.open({ port, prepared: reads, perSecond: PER_SECOND, seconds: SECONDS });
    requireRight('W10, without pushes', alone);
    const profiles = await bench.profileOf('W10', gateway, () =>
      bench.load.open({ port, prepared, perSecond: PER_SECOND, seconds: PROFILE_SECONDS }),
    );
    return {
      goals: [atMost('p99', result.p99Ms, 5, 'ms'), atMost('event loop held', held.maxMs, 20, 'ms')],
      tables: [...profiles],
      notes: [
        `p50 ${tidy(result.p50Ms)} ms, slowest ${tidy(result.maxMs)} ms of ${tidy(result.answers)}; event loop p99 ${tidy(held.p99Ms)} ms. ${tidy((await world.pushes()) - pushedBefore)} pushes arrived at MDES.`,
        `Without its pushes, at the same pace: p50 ${tidy(alone.p50Ms)} ms, p99 ${tidy(alone.p99Ms)} ms.`,
      ],
    };
  },
};
