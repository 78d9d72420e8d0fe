/** W5: pushes as many as fit, against the cryptography that none can go without, and what the catalogue feels of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../support/bench.js';
import { cardsOf, holderName } from '../support/holders.js';
import { catalogueAsk } from '../support/home.js';
import { requireRight } from '../support/load/load.js';
import { onTheWire } from '../support/load/requests.js';
import { CONNECTIONS, measureOnce, median, type Round, seriesTable, speedOf } from '../support/measure.js';
import { PUSHED, pushRequests } from '../support/pushes.js';
import { startGateway } from '../support/servers/gateway.js';
import { PinnedProcess } from '../support/servers/pinned-process.js';
import type { Server } from '../support/servers/server.js';
import { startPostgres } from '../support/servers/stores.js';
import { startWorld } from '../support/world/world.js';
import { atLeast, atMost, tidy, type Workload } from '../workload.js';

// So many that few have several under way at once, which is refused.
const HOLDERS = 1000;
const RANGE = '5204740000000000000';
const ROUNDS = 3;
const ROUND_SECONDS = 3;
const WARM_UP = { seconds: 12, most: 2500 };
const CATALOGUE = { perSecond: 100, seconds: 6 };
/** The pushes begin before the catalogue is looked at, and end after. */
const AROUND_SECONDS = 1;

export const pushes: Workload = {
  id: 'W5',
  title: 'pushCard, one card; MDES checks nothing and answers at once; ledger on PostgreSQL',
  patienceMs: 120_000,
  async run(bench) {
    const holders = Array.from({ length: HOLDERS }, (_, at) => holderName(at));
    const accounts = holders.flatMap((holder) => cardsOf(holder, [RANGE]));
    const world = await startWorld(bench.row, { accounts });
    const postgres = await startPostgres(bench.row);
    const gateway = await startGateway(bench.row, {
      environment: {
        ...world.mdes,
        ...world.cardStore,
        ...bench.signIn.environment,
        MDES_ACCOUNT_RANGES: RANGE,
        LEDGER_URL: postgres.url,
      },
    });
    const tokens = await bench.signIn.tokens(holders);
    const prepared = await bench.load.prepare(pushRequests(tokens), PUSHED);
    const subject = { name: 'pushCard', server: gateway, prepared };
    const floor = PinnedProcess.node('crypto floor', 'server', 'crypto-floor-process');
    await bench.row.owns(() => floor.kill());

    // Until V8 has compiled what a push needs; too slow at first is not wrong.
    await bench.load.closed({ port: gateway.port, prepared, connections: CONNECTIONS, ...WARM_UP });
    const rounds: Round[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(1000 / (await floor.ask<number>('run', ROUND_SECONDS)));
      rounds.push(await measureOnce(bench.load, subject, ROUND_SECONDS));
    }
    const catalogue = await besidePushes(bench, gateway, prepared, tokens[0] ?? '');
    const profiles = await bench.profileUnderLoad('W5', gateway, prepared);
    const reached = median(rounds.map((round, at) => speedOf(round) / (floors[at] ?? Number.NaN)));
    return {
      goals: [
        atLeast('× the crypto floor', reached, 0.7),
        atMost('catalogue p99 beside pushes, × alone', catalogue.beside / catalogue.alone, 3),
      ],
      tables: [seriesTable('W5, pushes', [{ name: 'pushCard', rounds }]), ...profiles],
      notes: [
        `The floor, one signature, one wrap and one envelope after the other: ${tidy(median(floors))} a second.`,
        `Catalogue p99 at ${CATALOGUE.perSecond} a second: ${tidy(catalogue.alone)} ms alone, ${tidy(catalogue.beside)} ms beside pushes that fill the core.`,
        'MDES has to open each envelope to name its account in the answer: a private-key operation, on the core of the load.',
      ],
    };
  },
};

async function besidePushes(
  { load }: Bench,
  { port }: Server,
  prepared: string,
  token: string,
): Promise<{ readonly alone: number; readonly beside: number }> {
  const asked = { port, prepared: await load.prepare([onTheWire(catalogueAsk(token, RANGE))]), ...CATALOGUE };
  await load.open({ ...asked, seconds: 1 });
  const alone = await load.open(asked);
  requireRight('the catalogue', alone);
  const seconds = CATALOGUE.seconds + 2 * AROUND_SECONDS;
  const pushing = load.closed({ port, prepared, connections: CONNECTIONS, seconds });
  await sleep(1000 * AROUND_SECONDS);
  const [beside, pushed] = await Promise.all([load.open(asked), pushing]);
  requireRight('the catalogue beside pushes', beside);
  requireRight('the pushes beside the catalogue', pushed);
  return { alone: alone.p99Ms, beside: beside.p99Ms };
}
