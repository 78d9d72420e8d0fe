/** W9: from the command to the first answer, and what the process weighs, idle and after W1. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../support/bench.js';
import { firstLine } from '../support/first-line.js';
import { Keeper } from '../support/keeper.js';
import { answerOf, onTheWire } from '../support/load/requests.js';
import { CONNECTIONS, median } from '../support/measure.js';
import { type CpuProfile, profileTable } from '../support/profile-groups.js';
import { spawnGateway, startGateway } from '../support/servers/gateway.js';
import { listens, type Server, whenListening } from '../support/servers/server.js';
import { cpuMsOf, mainCpuMsOf, memoryMbOf } from '../support/servers/vitals.js';
import { atMost, type Goal, missing, type Table, tidy, type Workload } from '../workload.js';

const STARTS = 5;
const READY_MS = 1000;
const LOOK_MS = 2;
const PATIENCE_MS = 20_000;
const SETTLE_MS = 3000;
const LOAD_SECONDS = 4;
const MOST_TIMES = 1.2;

export const start: Workload = {
  id: 'W9',
  title: 'start to ready (built, production); memory idle and after W1',
  patienceMs: 90_000,
  async run(bench) {
    const { environment } = await bench.home();
    const times: number[] = [];
    for (let at = 0; at < STARTS; at++) times.push(await startToReady(bench, environment));
    const profiles = await profileOfStart(bench, environment);
    const memory = await memoryGoals(bench, environment);
    return {
      goals: [atMost('start to ready', median(times), READY_MS, 'ms'), ...memory.goals],
      tables: [...profiles, ...memory.tables],
      notes: [`${STARTS} starts took ${times.map((ms) => tidy(ms)).join(', ')} ms.`, ...memory.notes],
    };
  },
};

/** Its catalogue included, which is fetched before it listens. */
async function startToReady(bench: Bench, environment: Readonly<Record<string, string>>): Promise<number> {
  const keeper = new Keeper();
  await bench.row.owns(() => keeper.close());
  const startedAt = performance.now();
  const { port, process } = await spawnGateway(keeper, { environment, probed: false });
  while (!(await listens(port))) {
    if (!process.isAlive || performance.now() - startedAt > PATIENCE_MS)
      throw new Error(`it does not start:\n${process.logTail}`);
    await sleep(LOOK_MS);
  }
  await answerOf(port, { method: 'GET', path: '/readyz', headers: {}, body: '' });
  const took = performance.now() - startedAt;
  await keeper.close();
  return took;
}

/** Of one more, that is not timed. */
async function profileOfStart(
  bench: Bench,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Table[]> {
  if (!bench.profiles) return [];
  const keeper = new Keeper();
  await bench.row.owns(() => keeper.close());
  const server = await spawnGateway(keeper, {
    environment: { ...environment, PROBE_PROFILES: 'from the start' },
  });
  await whenListening(server);
  const { pid } = server.process;
  const elsewhere = 1 - mainCpuMsOf(pid) / cpuMsOf(pid);
  const profile = await server.process.ask<CpuProfile>('stopProfile');
  await keeper.close();
  return [profileTable('W9, a start', profile, elsewhere)];
}

interface Weight {
  readonly idle: number;
  readonly loaded: number;
}

async function memoryGoals(
  bench: Bench,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly goals: Goal[]; readonly tables: Table[]; readonly notes: string[] }> {
  const gateway = await startGateway(bench.row, { environment, probed: false });
  const ours = await weigh(bench, gateway);
  try {
    const { peerData } = await bench.home();
    const theirs = await weigh(bench, await bench.peers().start(bench.row, 'typegraphql', peerData));
    const row = (name: string, { idle, loaded }: Weight) => [name, tidy(idle), tidy(loaded)];
    const rows = [row('this gateway', ours), row('Apollo 5 + TypeGraphQL', theirs)];
    return {
      goals: [
        atMost('idle × Apollo 5 + TypeGraphQL', ours.idle / theirs.idle, MOST_TIMES),
        atMost('after W1 × Apollo 5 + TypeGraphQL', ours.loaded / theirs.loaded, MOST_TIMES),
      ],
      tables: [{ title: 'W9, memory (resident, MB)', head: ['', 'idle', 'after W1'], rows }],
      notes: [],
    };
  } catch (error) {
    const words = `${tidy(ours.idle)} MB idle, ${tidy(ours.loaded)} MB after W1; the peer is not measured: ${firstLine(error)}`;
    return {
      goals: [missing('memory × Apollo 5 + TypeGraphQL', 'not measured')],
      tables: [],
      notes: [words],
    };
  }
}

async function weigh(bench: Bench, { port, process }: Server): Promise<Weight> {
  await sleep(SETTLE_MS);
  const idle = memoryMbOf(process.pid);
  const { catalogue } = await bench.home();
  const prepared = await bench.load.prepare([onTheWire(catalogue)]);
  await bench.load.closed({ port, prepared, connections: CONNECTIONS, seconds: LOAD_SECONDS });
  return { idle, loaded: memoryMbOf(process.pid) };
}
