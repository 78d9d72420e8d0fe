/**
 * The short form, for every run of `.ci/run`: that the bench runs at all, and that nothing has become several times dearer.
 * CPU time is compared, which a busy machine leaves nearly as it is, with thresholds that only a blunder misses.
 */
import { cardsOf, SUSAN } from './support/holders.js';
import { catalogueAsk } from './support/home.js';
import { answerOf, documentNamed, graphqlAsk, onTheWire } from './support/load/requests.js';
import { compare, median, type Series, seriesTable } from './support/measure.js';
import { ROOT } from './support/root.js';
import { startGateway } from './support/servers/gateway.js';
import { startBare } from './support/servers/peers.js';
import { startWorld } from './support/world/world.js';
import { atMost, type Workload } from './workload.js';

const RANGE = '5204740000000000000';
const MEASURING = { rounds: 3, seconds: 0.3, warmSeconds: 0.5 };
/** CPU time of a request, as a multiple of what bare node:http takes. */
const MOST_TIMES = { 'hot catalogue': 12, 'private accounts': 60 } as const;

export const smoke: Workload = {
  id: 'SMOKE',
  title: 'CPU time of a request, as a multiple of bare node:http',
  patienceMs: 150_000,
  async run(bench) {
    const { load, signIn, row } = bench;
    const world = await startWorld(row, { accounts: cardsOf(SUSAN, [RANGE]) });
    const environment = {
      ...world.mdes,
      ...world.cardStore,
      ...signIn.environment,
      MDES_ACCOUNT_RANGES: RANGE,
    };
    const gateway = await startGateway(row, { environment });
    const token = await signIn.token(SUSAN);
    const catalogue = catalogueAsk(token, RANGE);
    const bare = await startBare(row, bench.answerFile(await answerOf(gateway.port, catalogue)));
    const hot = await load.prepare([onTheWire(catalogue)], '"tokenRequestors"');
    const accounts = graphqlAsk({ query: documentNamed(ROOT, 'FundingAccounts'), token });
    const personal = await load.prepare([onTheWire(accounts)], '"fundingAccounts"');
    const series = await compare(
      load,
      [
        { name: 'bare', server: bare, prepared: hot },
        { name: 'hot catalogue', server: gateway, prepared: hot },
        { name: 'private accounts', server: gateway, prepared: personal },
      ],
      MEASURING,
    );
    const [first, ...others] = series;
    return {
      goals: others.map((one) => {
        const most = MOST_TIMES[one.name as keyof typeof MOST_TIMES];
        return atMost(one.name, first === undefined ? Number.NaN : dearer(one, first), most, '×');
      }),
      tables: [seriesTable('smoke', series)],
      notes: [],
    };
  },
};

function dearer(one: Series, other: Series): number {
  return median(
    one.rounds.map(({ cpuMicros }, at) => cpuMicros / (other.rounds[at]?.cpuMicros ?? Number.NaN)),
  );
}
