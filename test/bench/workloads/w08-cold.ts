/** W8: the first query of a process whose catalogue is empty, with MDES far away. */
import type { Bench } from '../support/bench.js';
import { SUSAN } from '../support/holders.js';
import { Keeper } from '../support/keeper.js';
import { requireRight } from '../support/load/load.js';
import { type Ask, documentNamed, graphqlAsk, onTheWire } from '../support/load/requests.js';
import { median } from '../support/measure.js';
import { ROOT } from '../support/root.js';
import { startGateway } from '../support/servers/gateway.js';
import { startWorld } from '../support/world/world.js';
import { atMost, type Table, tidy, type Workload } from '../workload.js';

const AWAY_MS = 50;
const RANGES = 40;
const MOST_IN_A_CALL = 25;
const ROUND_TRIPS = 9;
const STARTS = 5;
const FIRST_RANGE = 520_474_000;

export const cold: Workload = {
  id: 'W8',
  title: 'cold: the first query after start, MDES 50 ms away, 40 ranges',
  patienceMs: 60_000,
  async run(bench) {
    const ranges = Array.from({ length: RANGES }, (_, at) => String(FIRST_RANGE + at).padEnd(19, '0'));
    const world = await startWorld(bench.row, { accounts: [], delayMs: AWAY_MS });
    const token = await bench.signIn.token(SUSAN);
    const query = documentNamed(ROOT, 'TokenRequestors');
    const ask = graphqlAsk({ query, variables: { accountRanges: ranges }, token });
    const prepared = await bench.load.prepare([onTheWire(ask)], '"tokenRequestors"');
    const roundTrip = await roundTripMs(bench, world.place.mdesUrl, ranges.slice(0, MOST_IN_A_CALL));
    const times: number[] = [];
    let profiles: readonly Table[] = [];
    // The last is looked into, and not counted.
    for (let start = 0; start <= (bench.profiles ? STARTS : STARTS - 1); start++) {
      const keeper = new Keeper();
      await bench.row.owns(() => keeper.close());
      const gateway = await startGateway(keeper, {
        environment: {
          ...world.mdes,
          ...world.cardStore,
          ...bench.signIn.environment,
          MDES_ACCOUNT_RANGES: ranges.join(','),
          CATALOGUE_WARM: 'off',
        },
      });
      const plan = { port: gateway.port, prepared, connections: 1, seconds: 5, most: 1 };
      if (start === STARTS) profiles = await bench.profileOf('W8', gateway, () => bench.load.closed(plan));
      else {
        const first = await bench.load.closed(plan);
        requireRight('the first query', first);
        times.push(first.maxMs);
      }
      await keeper.close();
    }
    const each = times.map((ms) => tidy(ms)).join(', ');
    return {
      goals: [atMost('× one round trip', median(times) / roundTrip, 1.2)],
      tables: [...profiles],
      notes: [`The first queries of ${STARTS} starts took ${each} ms, a round trip ${tidy(roundTrip)} ms.`],
    };
  },
};

/** Asked of MDES itself, over a connection that stands. */
async function roundTripMs(
  { load }: Bench,
  mdesUrl: string,
  accountRanges: readonly string[],
): Promise<number> {
  const { port, pathname } = new URL(mdesUrl);
  const ask: Ask = {
    method: 'POST',
    path: `${pathname}/connect/1/0/getEligibleTokenRequestors`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: 'x', accountRanges }),
  };
  const prepared = await load.prepare([onTheWire(ask)], '"tokenRequestors"');
  const result = await load.closed({
    port: Number(port),
    prepared,
    connections: 1,
    seconds: 10,
    most: ROUND_TRIPS,
  });
  requireRight('MDES', result);
  return result.p50Ms;
}
