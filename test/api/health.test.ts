/** What /readyz tells of the catalogue and of MDES, from the first failed fetch on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { rsaKeyPair } from '../support/keys.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../support/mdes/catalogue-mdes.js';
import { json } from '../support/mdes/fake-mdes.js';
import { eventually } from '../support/shared-cache.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Readiness {
  readonly mdes: string;
  readonly catalogue: string;
  readonly degraded: boolean;
}

let simulator: RunningSimulator;
let mdes: CatalogueMdes;
let now: number;
let gateway: TestGateway | undefined;

beforeAll(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  now = Date.now();
  mdes = await startCatalogueMdes({ '50100000001': 'Lark' });
});
afterEach(async () => {
  await gateway?.close();
  await mdes.close();
});
afterAll(() => simulator.close());

/** A machine that is busy may keep the first catalogue for longer than the gateway waits for it. */
async function startWell(): Promise<TestGateway> {
  const started = await start(fake());
  await eventually(async () => (await health(started)).catalogue === 'ok', 2000);
  return started;
}

async function start(more: Readonly<Record<string, string>>): Promise<TestGateway> {
  const environment = { ...simulatorEnvironment(simulator), CATALOGUE_WARM: 'on', ...more };
  gateway = await startTestGateway(environment, { clock: { now: () => now } });
  return gateway;
}

/** In one call to MDES. */
const RANGES = manyRanges(20);
const fake = () => ({ MDES_BASE_URL: mdes.fake.baseUrl, MDES_ACCOUNT_RANGES: RANGES });
async function health({ url }: TestGateway) {
  const answer = await fetch(`${url}/readyz`);
  const { mdes: reads, catalogue, degraded } = (await answer.json()) as Readiness;
  return { mdes: reads, catalogue, degraded };
}

const WELL = { mdes: 'ready', catalogue: 'ok', degraded: false };

describe('/readyz', () => {
  it('tells of an MDES that is away as soon as the gateway listens, and when all is well', async () => {
    mdes.trouble = json(503, {});
    const started = await start(fake());
    expect(await health(started)).toEqual({ mdes: 'unavailable', catalogue: 'empty', degraded: true });
    mdes.trouble = undefined;
    now += 31_000;
    await eventually(async () => (await health(started)).catalogue === 'ok', 5000);
    expect(await health(started)).toEqual(WELL);
    expect(started.logs.some((line) => line.includes('only one a second is tried'))).toBe(false);
  });

  it('tells of a signing key that MDES does not know as soon as the gateway listens', async () => {
    const { privateKey } = rsaKeyPair('another');
    const MDES_SIGNING_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const started = await start({ MDES_SIGNING_KEY });
    expect(await health(started)).toEqual({ mdes: 'unauthorized', catalogue: 'empty', degraded: true });
  });

  it('does not take one failure among answers for an MDES that is away', async () => {
    const started = await startWell();
    expect(await health(started)).toEqual(WELL);
    mdes.calls();
    mdes.trouble = json(503, {});
    now += 13 * HOUR;
    await eventually(() => mdes.calls().length > 0, 5000);
    await eventually(() => started.logs.some((line) => line.includes('catalogue.not-refreshed')), 5000);
    expect(await health(started)).toMatchObject({ mdes: 'ready', catalogue: 'stale' });
  });

  it('calls the catalogue stale past its soft age, and empty past its hard age', async () => {
    const started = await startWell();
    mdes.trouble = json(503, {});
    now += 13 * HOUR;
    expect(await health(started)).toMatchObject({ catalogue: 'stale', degraded: true });
    now += 30 * DAY;
    expect(await health(started)).toMatchObject({ catalogue: 'empty', degraded: true });
  });

  it('calls the catalogue stale while a part of it has never been fetched', async () => {
    const started = await start({ ...fake(), CATALOGUE_WARM: 'off' });
    expect(await health(started)).toEqual({ mdes: 'ready', catalogue: 'empty', degraded: false });
    const [range] = RANGES.split(',');
    await started.graphql(`{ tokenRequestors(accountRanges: ["${range}"]) { id } }`);
    expect(await health(started)).toEqual({ mdes: 'ready', catalogue: 'stale', degraded: false });
  });
});
