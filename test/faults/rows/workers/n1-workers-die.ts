/** N1: workers whose port is taken; of two workers one is killed in the middle of a push, all end under load, one stands still; the primary is killed in the middle of a push; workers die again and again. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { built, runNode, SERVER } from '../../../support/processes.js';
import { LARK } from '../../../support/requestors.js';
import { SimulatorControl } from '../../../support/simulator/simulator-control.js';
import { startWorkersWorld, type WorkersGateway, type WorkersWorld } from '../../../support/workers-world.js';
import { atMost, exactly, type Figure, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';

const WORKERS = 2;
/** Ten pings of two seconds, and what a busy machine adds. */
const ENDED_MS = 25_000;
/** For a worker to start, however busy the machine is. */
const PATIENCE_MS = 60_000;
/** Of a worker whose primary has gone: the push under way, and its own end. */
const ALONE_MS = 15_000;
const PUSH_MS = 1500;
const MOST_DEATHS = 5;
/** Until a push whose worker has died is taken for one without a clear answer. */
const UNCLEAR_MS = 30_000;
const PUSHES_UNDER_LOAD = 40;

export const workersDie: Row = {
  id: 'N1',
  title: 'workers stand still and die, and so does their primary',
  async run(scene) {
    const world = await startWorkersWorld();
    scene.owns(() => world.close());
    const start = async () => {
      const gateway = await world.start(WORKERS, { AUDIT_LOG: 'stdout' });
      scene.owns(async () => void gateway.child.kill('SIGKILL'));
      return gateway;
    };
    return [
      ...(await portTaken(world)),
      ...(await killedMidPush(world, await start())),
      ...(await standsStill(await start())),
      ...(await primaryKilled(world, await start())),
      ...(await dieAgain(world, await start())),
    ];
  },
};

/** What keeps the first from starting is said once, with its exit code. */
async function portTaken(world: WorkersWorld): Promise<Figure[]> {
  const { host, port } = new URL(world.mdes.simulator.url);
  const environment = { ...world.environment, WORKERS: '3', PORT: port, LOG_LEVEL: 'silent' };
  const run = runNode([built(SERVER)], environment);
  return [
    exactly('port taken: exit code', (await run.ended()) ?? -1, 1),
    exactly('said', run.stderr().trim(), `Cannot listen on ${host} (EADDRINUSE). Set HOST or PORT.`),
  ];
}

async function killedMidPush(world: WorkersWorld, gateway: WorkersGateway): Promise<Figure[]> {
  const simulator = new SimulatorControl(world.mdes.simulator.url);
  const { ends, keys } = await pushesUnderWay(world, gateway);
  process.kill(gateway.pids()[0] ?? 0, 'SIGKILL');
  const statuses = await ends;
  const again = async () => (await Promise.all(keys.map((key) => push(world, gateway, key)))).sort().join();
  await eventually(async () => (await again()) === 'READY,UNKNOWN', UNCLEAR_MS);
  const afterwards = await again();
  const { pushMultipleAccounts: sent } = await simulator.calls();
  await simulator.reset();
  const under = Array.from({ length: PUSHES_UNDER_LOAD }, () => randomUUID());
  const loaded = Promise.all(under.map((key) => push(world, gateway, key)));
  await eventually(async () => (await simulator.calls()).pushMultipleAccounts > 0, PATIENCE_MS);
  gateway.child.kill('SIGTERM');
  const ended = (await loaded).filter((status) => status === 'READY').length;
  const code = await gateway.ended();
  return [
    exactly('a worker killed: pushes under way', statuses.sort().join(), 'READY,cut'),
    exactly('asked again', afterwards, 'READY,UNKNOWN'),
    exactly('sent to MDES', sent, WORKERS),
    exactly('SIGTERM under load: exit code', code ?? -1, 0),
    exactly('sent pushes without their answer', (await simulator.calls()).pushMultipleAccounts - ended, 0),
    none('torn log lines', gateway.stdout().split('\n').filter(isTorn).length),
  ];
}

async function standsStill(gateway: WorkersGateway): Promise<Figure[]> {
  const [pid = 0] = gateway.pids();
  process.kill(pid, 'SIGSTOP');
  let unanswered = 0;
  let asked = 0;
  const endedMs = await eventually(async () => {
    asked += 1;
    const answer = await Promise.race([gateway.get('/livez'), sleep(500)]);
    if (answer?.status !== 200) unanswered += 1;
    return gateway.stdout().includes('"stoodStill":true');
  }, ENDED_MS);
  await eventually(() => gateway.pids().length > WORKERS, PATIENCE_MS);
  gateway.child.kill('SIGTERM');
  return [
    atMost('one stands still: ended after', endedMs, ENDED_MS, 'ms'),
    exactly('and replaced', gateway.pids().length, WORKERS + 1),
    // Those that it had been given just before.
    atMost(`of ${asked} requests meanwhile unanswered`, unanswered, 2),
    exactly('exit code', (await gateway.ended()) ?? -1, 0),
  ];
}

async function primaryKilled(world: WorkersWorld, gateway: WorkersGateway): Promise<Figure[]> {
  const { ends } = await pushesUnderWay(world, gateway);
  gateway.child.kill('SIGKILL');
  const statuses = await ends;
  const goneMs = await eventually(() => gateway.pids().every(isGone), ALONE_MS);
  return [
    exactly('primary killed: pushes under way', statuses.join(), 'READY,READY'),
    atMost('workers gone after', goneMs, ALONE_MS, 'ms'),
  ];
}

async function dieAgain(world: WorkersWorld, gateway: WorkersGateway): Promise<Figure[]> {
  // As soon as they are there; the first serves on.
  const [first] = gateway.pids();
  const killed = new Set<number>();
  await eventually(() => {
    for (const pid of gateway.pids()) {
      if (pid === first || killed.has(pid) || killed.size === MOST_DEATHS - 1) continue;
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
    return killed.size === MOST_DEATHS - 1;
  }, PATIENCE_MS);
  const listening = () => gateway.stdout().split('"msg":"listening"').length - 1;
  const before = listening();
  await eventually(() => listening() > before, PATIENCE_MS);
  const { ends } = await pushesUnderWay(world, gateway);
  const last = gateway.pids().at(-1) ?? 0;
  process.kill(last, 'SIGKILL');
  const statuses = await ends;
  const code = await Promise.race([gateway.ended(), sleep(PATIENCE_MS, 'not ended')]);
  const said = (event: string) => gateway.stdout().split(`"event":"${event}"`).length - 1;
  return [
    exactly('die again and again: exit code', code ?? 'none', 1),
    exactly('pushes under way', statuses.sort().join(), 'READY,cut'),
    exactly('replaced', said('worker.replaced'), MOST_DEATHS - 1),
    exactly('given up', said('worker.given-up'), 1),
    none('processes left', gateway.pids().filter((pid) => !isGone(pid)).length),
  ];
}

/** One at each worker, since connections go round. Resolves once MDES has them. */
async function pushesUnderWay(world: WorkersWorld, gateway: WorkersGateway) {
  const simulator = new SimulatorControl(world.mdes.simulator.url);
  await simulator.reset();
  await simulator.fault('pushMultipleAccounts', 'delay', WORKERS, PUSH_MS);
  const keys = Array.from({ length: WORKERS }, () => randomUUID());
  const ends = keys.map((key) => push(world, gateway, key));
  await eventually(async () => (await simulator.calls()).pushMultipleAccounts === WORKERS, PUSH_MS);
  return { keys, ends: Promise.all(ends) };
}

async function push({ forge }: WorkersWorld, gateway: WorkersGateway, key: string): Promise<string> {
  const authorization = `Bearer ${await forge.sign()}`;
  const input = `{ idempotencyKey: "${key}", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }`;
  const query = `mutation { pushCard(input: ${input}) { ... on Push { status } } }`;
  const answer = await gateway.ask(query, { authorization }).catch(() => null);
  return answer === null ? 'cut' : (/"status":"(\w+)"/.exec(answer.text)?.[1] ?? answer.text);
}

function isTorn(line: string): boolean {
  return line !== '' && !(line.startsWith('{') && line.endsWith('}'));
}

/** Also where nobody has asked how it ended. */
function isGone(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
