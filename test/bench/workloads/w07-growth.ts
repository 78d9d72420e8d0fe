/** W7: what grows with the catalogue, the issuer and the documents, and what must not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../support/bench.js';
import { SUSAN } from '../support/holders.js';
import { requireRight } from '../support/load/load.js';
import { UNIQUE } from '../support/load/plan.js';
import { graphqlAsk, onTheWire } from '../support/load/requests.js';
import {
  CONNECTIONS,
  compare,
  medianOf,
  type Round,
  type Series,
  type Subject,
  seriesTable,
  speedOf,
  watched,
} from '../support/measure.js';
import { startGateway } from '../support/servers/gateway.js';
import type { Server } from '../support/servers/server.js';
import { memoryMbOf } from '../support/servers/vitals.js';
import { startWorld } from '../support/world/world.js';
import { atLeast, atMost, type Goal, tidy, type Workload } from '../workload.js';

const FIRST_RANGE = 520_474_000;
const SIZES = [
  { requestors: 24, ranges: 10 },
  { requestors: 240, ranges: 10 },
  { requestors: 2400, ranges: 10 },
  { requestors: 24, ranges: 10_000 },
] as const;
const MEASURING = { rounds: 3, seconds: 0.8, warmSeconds: 0.8 };
/** Whatever is bounded has reached its bound before the last of these. */
const LOTS = [10_000, 5000, 5000] as const;
const DOCUMENTS_SECONDS = 60;
/** More than measuring sways by on a machine that has nothing else to do. */
const FLAT = 1.25;
const MOST_MORE_MB = 10;
const RANGES_MB = 200;
const FIELDS = 'id name consumerFacingEntityName type walletId';

export const growth: Workload = {
  id: 'W7',
  title: 'growth: 24 → 2,400 requestors, 10 → 10,000 issuer ranges, 1 → 10,000 different documents',
  patienceMs: 240_000,
  async run(bench) {
    const token = await bench.signIn.token(SUSAN);
    const range = String(FIRST_RANGE).padEnd(19, '0');
    const ask = (name: string) =>
      onTheWire(
        graphqlAsk({
          query: `query ${name}($ranges: [AccountRange!]) { tokenRequestors(accountRanges: $ranges) { ${FIELDS} } }`,
          variables: { ranges: [range] },
          token,
        }),
      );
    const kept = await bench.load.prepare([ask('Kept')], '"tokenRequestors"');
    const anew = await bench.load.prepare([ask(`New${UNIQUE}`)], '"tokenRequestors"');
    const gateways: Server[] = [];
    for (const size of SIZES) gateways.push(await gatewayOf(bench, size));
    const [smallest, , , ranged] = gateways;
    if (smallest === undefined || ranged === undefined) throw new RangeError('not all have started');
    const subjects = (prepared: string, what: string): Subject[] =>
      gateways.map((server) => ({ name: `${server.name}, ${what}`, server, prepared }));
    const again = await compare(bench.load, subjects(kept, 'asked again'), MEASURING);
    const first = await compare(bench.load, subjects(anew, 'a new document each'), MEASURING);
    const rangesMb = memoryMbOf(ranged.process.pid) - memoryMbOf(smallest.process.pid);
    const documents = await growingDocuments(bench, smallest, kept, anew);
    return {
      goals: [
        ...growthGoals('asked again', again),
        ...growthGoals('new documents', first),
        atMost('10,000 ranges weigh', rangesMb, RANGES_MB, 'MB'),
        ...documents.goals,
      ],
      tables: [seriesTable('W7, requests', [...again, ...first])],
      notes: [documents.note],
    };
  },
};

async function gatewayOf(bench: Bench, { requestors, ranges }: (typeof SIZES)[number]): Promise<Server> {
  const world = await startWorld(bench.row, { accounts: [], requestors });
  const file = join(bench.folder, `ranges-${ranges}.txt`);
  const starts = Array.from({ length: ranges }, (_, at) => String(FIRST_RANGE + at));
  writeFileSync(file, `${starts.join('\n')}\n`);
  return startGateway(bench.row, {
    name: `${tidy(requestors)} requestors, ${tidy(ranges)} ranges`,
    environment: {
      ...world.mdes,
      ...world.cardStore,
      ...bench.signIn.environment,
      MDES_ACCOUNT_RANGES_FILE: file,
    },
  });
}

/** Per byte ten times as much must cost the same, but for what each request costs anyway. */
function growthGoals(what: string, [small, middle, large, ranged]: readonly Series[]): Goal[] {
  if (small === undefined || middle === undefined || large === undefined || ranged === undefined) return [];
  const cost = (one: Series) => medianOf(one, (round) => 1 / speedOf(round));
  const bytes = (one: Series) => medianOf(one, ({ result }) => result.bytes / result.answers);
  const perByte = (one: Series) => cost(one) / bytes(one);
  return [
    atMost(`${what}: 2,400 requestors, a byte × that of 240`, perByte(large) / perByte(middle), FLAT),
    atMost(`${what}: 10,000 ranges × 10`, cost(ranged) / cost(small), FLAT),
  ];
}

async function growingDocuments(
  { load }: Bench,
  server: Server,
  kept: string,
  anew: string,
): Promise<{ readonly goals: readonly Goal[]; readonly note: string }> {
  const hot = () => compare(load, [{ name: 'hot', server, prepared: kept }], MEASURING);
  const thousands = async (most: number): Promise<{ readonly round: Round; readonly heapMb: number }> => {
    const round = await watched(load, server, async () => {
      const plan = { port: server.port, prepared: anew, connections: CONNECTIONS };
      const result = await load.closed({ ...plan, seconds: DOCUMENTS_SECONDS, most });
      requireRight('new documents', result);
      return result;
    });
    return { round, heapMb: await server.process.ask<number>('heapMb') };
  };
  const [before] = await hot();
  const lots = [await thousands(LOTS[0]), await thousands(LOTS[1]), await thousands(LOTS[2])] as const;
  const [first, second, third] = lots;
  const [after] = await hot();
  if (before === undefined || after === undefined) throw new RangeError('nothing was measured');
  const slower = medianOf(after, speedOf) / medianOf(before, speedOf);
  return {
    goals: [
      atMost('the last 5,000 documents × the first', third.round.cpuMicros / first.round.cpuMicros, FLAT),
      atMost('the heap has grown by, in the last 5,000', third.heapMb - second.heapMb, MOST_MORE_MB, 'MB'),
      atLeast('a hot answer afterwards × before', slower, 1 / FLAT),
    ],
    note: `New documents, ${LOTS.map(tidy).join(', ')} of them, cost ${lots.map(({ round }) => tidy(round.cpuMicros)).join(', ')} µs each; the heap then held ${lots.map(({ heapMb }) => tidy(heapMb)).join(', ')} MB.`,
  };
}
