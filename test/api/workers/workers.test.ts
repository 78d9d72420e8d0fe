/** WORKERS=2, with real processes: one gateway to whoever asks, and one process to whoever runs it. */
import { Readable } from 'node:stream';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { auditVerifyCommand } from '../../../src/audit-verify-command.js';
import { killAll } from '../../support/processes.js';
import { LARK } from '../../support/requestors.js';
import { eventually } from '../../support/shared-cache.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { startWorkersWorld, type WorkersGateway, type WorkersWorld } from '../../support/workers-world.js';

const WORKERS = 2;
const REQUESTS = 60;
const SOFT_TTL_SECONDS = 2;
const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id consumerFacingEntityName } }';
const PUSH = `mutation { pushCard(input: { idempotencyKey: "one", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { status } } }`;

let world: WorkersWorld;
let gateway: WorkersGateway;
let startedAt: number;

beforeAll(async () => {
  world = await startWorkersWorld();
  startedAt = performance.now();
  gateway = await world.start(WORKERS, {
    CATALOGUE_SOFT_TTL: `${SOFT_TTL_SECONDS}s`,
    RATE_LIMITS: `${REQUESTS}/h per account-holder`,
    AUDIT_LOG: 'stdout',
    ADMIN_PORT: '0',
    DRAIN_SECONDS: '1',
  });
});
afterAll(async () => {
  await killAll();
  await world.close();
});

async function signedIn(sub: string): Promise<Readonly<Record<string, string>>> {
  return { authorization: `Bearer ${await world.forge.sign({ sub })}` };
}

/** Torn ones would be none. */
function lines(msg: string): Record<string, unknown>[] {
  const all = gateway.stdout().split('\n').slice(0, -1);
  return all.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['msg'] === msg);
}

const workersThatSaid = (msg: string) => new Set(lines(msg).map(({ worker }) => worker));

it('all of them answer, on one port, without a banner', async () => {
  expect(workersThatSaid('listening')).toEqual(new Set([1, 2]));
  expect(new Set(lines('listening').map(({ url }) => url))).toEqual(new Set([gateway.url]));
  for (let asked = 0; asked < 6; asked += 1) {
    expect(JSON.parse((await gateway.get('/readyz')).text)).toMatchObject({
      status: 'ready',
      cache: 'ready',
      ledger: 'ready',
    });
  }
  await eventually(() => workersThatSaid('request').size === WORKERS, 1000);
  expect(gateway.stderr()).toBe('');
});

it('a limit is one limit, whichever of them is asked', async () => {
  const amir = await signedIn('amir');
  const statuses: number[] = [];
  for (let asked = 0; asked < REQUESTS + 10; asked += 1) {
    statuses.push((await gateway.ask('{ __typename }', amir)).status);
  }
  const through = statuses.filter((status) => status === 200).length;
  expect(through).toBeLessThanOrEqual(REQUESTS);
  // Each of them takes a part of it at a time.
  expect(through).toBeGreaterThan(REQUESTS * 0.9);
});

it('a proof of DPoP is taken once by all of them together', async () => {
  const token = await world.forge.sign({ sub: 'susan', cnf: { jkt: world.forge.jkt } });
  const dpop = await world.forge.proof(token, `${gateway.url}/graphql`);
  const statuses: number[] = [];
  for (let times = 0; times < 5; times += 1) {
    statuses.push((await gateway.ask(LIST, { authorization: `DPoP ${token}`, dpop })).status);
  }
  expect(statuses).toEqual([200, 401, 401, 401, 401]);
});

it('operators see each of them by its number, at the one port of the primary', async () => {
  const [said] = lines('listening for operators');
  const look = async (path: string) => (await fetch(`${String(said?.['url'])}${path}`)).text();
  const text = await look('/metrics');
  for (const worker of [1, 2]) {
    expect(text).toContain(
      `token_connect_requests_total{operation="POST /graphql",outcome="401",worker="${worker}"}`,
    );
    expect(text).toContain(`token_connect_ready{worker="${worker}"} 1`);
  }
  expect(text).toContain('token_connect_workers_serving 2');
  expect(JSON.parse(await look('/readyz'))).toEqual({ status: 'ready', workers: 2, serving: 2 });
});

it('one that dies is replaced, in one line, and the port serves meanwhile', async () => {
  const [pid = 0] = gateway.pids();
  process.kill(pid, 'SIGKILL');
  await eventually(() => lines('a worker has ended, another takes its place').length > 0, 1000);
  expect((await gateway.get('/livez')).status).toBe(200);
  expect(lines('a worker has ended, another takes its place')).toEqual([
    expect.objectContaining({
      event: 'worker.replaced',
      worker: 1,
      pid,
      signal: 'SIGKILL',
      stoodStill: false,
    }),
  ]);
});

it('what MDES has renamed is renamed in all of them, plain and packed, and stays so, in the newcomer as well; one of them has fetched it', async () => {
  const named = async (coding: string, holder: Readonly<Record<string, string>>) => {
    const { bytes, headers } = await gateway.ask(LIST, { ...holder, 'accept-encoding': coding });
    const text = headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes;
    expect(headers['content-encoding']).toBe(coding === 'br' ? 'br' : undefined);
    return { isNew: text.includes('"Nightingale"'), isOld: text.includes('"Lark Wallet"') };
  };
  const ask = async (times: number, holder: Readonly<Record<string, string>>) => {
    const answers = [];
    for (let asked = 0; asked < times; asked += 1) {
      answers.push(await named('identity', holder), await named('br', holder), await named('br', holder));
    }
    return answers;
  };
  const susan = await signedIn('susan');
  expect((await ask(4, susan)).every(({ isOld, isNew }) => isOld && !isNew)).toBe(true);
  world.mdes.flip('Lark Wallet', 'Nightingale');
  await eventually(() => world.mdes.told > 0, 4000);
  let turn = 0;
  await eventually(async () => {
    turn += 1;
    return (await ask(2, await signedIn(`looks-${turn}`))).every(({ isNew }) => isNew);
  }, 3000);
  await eventually(() => lines('listening').length === WORKERS + 1, 5000);
  expect(gateway.pids()).toHaveLength(WORKERS + 1);
  for (const after of await ask(12, await signedIn('maria')))
    expect(after).toEqual({ isNew: true, isOld: false });
  expect(lines('request').filter(({ kept }) => kept === true).length).toBeGreaterThan(30);
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  expect(lines('catalogue refreshed').length).toBeLessThan(elapsedSeconds / (0.9 * SOFT_TTL_SECONDS) + 2);
});

it('SIGTERM: none of them is ready, all serve on for DRAIN_SECONDS; it ends all of them, once the push under way has its end; their audit lines are whole but for the one that was killed', async () => {
  const simulator = new SimulatorControl(world.mdes.simulator.url);
  await simulator.fault('pushMultipleAccounts', 'delay', 1, 600);
  const pushing = gateway.ask(PUSH, await signedIn('susan'));
  await eventually(async () => (await simulator.calls()).pushMultipleAccounts > 0, 3000);
  gateway.child.kill('SIGTERM');
  gateway.child.kill('SIGTERM');
  const readiness = async () => {
    const asked = await Promise.all(Array.from({ length: 2 * WORKERS }, () => gateway.get('/readyz')));
    return asked.map(({ status }) => status);
  };
  await eventually(async () => (await readiness()).every((status) => status === 503), 500);
  expect((await gateway.ask(LIST, await signedIn('noah'))).status).toBe(200);
  expect(JSON.parse((await pushing).text)).toEqual({ data: { pushCard: { status: 'READY' } } });
  expect(await gateway.ended()).toBe(0);
  for (const pid of gateway.pids()) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  const { said } = await auditVerifyCommand([], Readable.from(gateway.stdout()), world.environment);
  expect(said).toMatch(/^BROKEN: \d+ audit line\(s\), 3 chain\(s\), 1 fault\(s\)\./);
  expect(said).toContain('which has no end');
});
