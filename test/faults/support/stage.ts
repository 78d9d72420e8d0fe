/** What all rows share: one simulator in a process of its own, behind the chaos proxy, and what it says when it is well. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../../src/config/config.js';
import { createMdesClient } from '../../../src/mdes/create-mdes-client.js';
import { createLogger } from '../../../src/observability/logger.js';
import { built, killAll, runNode } from '../../support/processes.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { canonical } from './documents.js';
import { ChaosProxy } from './mdes/chaos-proxy.js';

export interface Stage {
  readonly proxy: ChaosProxy;
  readonly simulator: SimulatorControl;
  /** `MDES_*` for a gateway. */
  readonly environment: Readonly<Record<string, string>>;
  /** The ranges that MDES has requestors for. */
  readonly knownRanges: readonly string[];
  readonly oracle: Readonly<Record<string, string>>;
  /** MDES as at the start. */
  clear(): Promise<void>;
  /** Of what this stage has started. */
  end(): Promise<void>;
  /** Of everything that is left. */
  close(): Promise<void>;
}

const RANGES_PER_CALL = 25;

export async function startStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'token-connect-faults-'));
  const envFile = join(folder, 'mdes.env');
  const proxy = await ChaosProxy.start();
  const run = runNode([
    built('simulator/main.js'),
    ...['--port', '0', '--write-env', envFile, '--public-url', proxy.url],
  ]);
  process.once('exit', () => run.child.kill('SIGKILL'));
  await run.says(/Settings for clients/);
  const [url] = await run.says(/http:\/\/127\.0\.0\.1:\d+/);
  proxy.target = url;
  const environment = definedOf(parseEnv(await readFile(envFile, 'utf8')));
  const oracle = await askOracle(environment);
  const simulator = new SimulatorControl(url);
  const end = async () => {
    run.child.kill('SIGKILL');
    await proxy.close();
    await rm(folder, { recursive: true });
  };
  return {
    proxy,
    simulator,
    environment,
    knownRanges: Object.keys(oracle).filter((range) => oracle[range] !== '[]'),
    oracle,
    async clear() {
      await proxy.clear();
      await simulator.reset();
    },
    end,
    async close() {
      await killAll();
      await end();
    },
  };
}

/** Through the client for MDES alone: nothing of the catalogue, the cache or GraphQL has a say. */
async function askOracle(environment: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { mdes, accountRanges } = await readConfig(environment);
  if (mdes.identity === null || accountRanges === null) throw new Error('the simulator wrote no settings');
  const client = createMdesClient({ log: createLogger('silent') }, mdes.identity);
  const answers: Record<string, string> = {};
  for (let at = 0; at < accountRanges.length; at += RANGES_PER_CALL) {
    const ranges = accountRanges.slice(at, at + RANGES_PER_CALL);
    const requestors = await client.getEligibleTokenRequestors(ranges);
    for (const range of ranges) {
      const enabled = requestors.filter(({ enabledAccountRanges }) => enabledAccountRanges.includes(range));
      answers[range] = canonical(enabled);
    }
  }
  await client.close();
  return answers;
}

function definedOf(values: ReturnType<typeof parseEnv>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}
