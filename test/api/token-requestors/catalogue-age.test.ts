/** The catalogue outlives MDES: what is old is served at once and refreshed behind, what is too old is not served. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { within } from '../../support/measurements.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const HOUR = 3_600_000;
const QUERY = '{ tokenRequestors { id } }';

describe('the catalogue', () => {
  let simulator: RunningSimulator;
  let control: SimulatorControl;
  let gateway: TestGateway;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    simulator = await startTestSimulator();
    control = new SimulatorControl(simulator.url);
    gateway = await startTestGateway(simulatorEnvironment(simulator), { clock: { now: () => now } });
    expect((await gateway.graphql(QUERY)).errors).toBeUndefined();
  });
  afterEach(async () => {
    await gateway.close();
    await simulator.close();
  });

  const fetches = async () => (await control.calls()).getEligibleTokenRequestors;

  async function eventually(condition: () => Promise<boolean>): Promise<void> {
    for (let i = 0; i < 1000; i++) {
      if (await condition()) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error('it did not come about');
  }

  it('is served at once past its soft age, and fetched anew once behind everybody', async () => {
    now += 10 * HOUR;
    await gateway.graphql(QUERY);
    expect(await fetches()).toBe(1);

    now += 3 * HOUR;
    await control.fault('getEligibleTokenRequestors', 'delay', 1, 1500);
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.graphql(QUERY)));
    expect(performance.now() - started).toBeLessThan(within(1000));
    expect(answers.every(({ data }) => data.tokenRequestors.length > 12)).toBe(true);
    await eventually(async () => (await fetches()) === 2);
    // The refreshed entries are young: nothing is fetched again.
    await new Promise((resolve) => setTimeout(resolve, 1700));
    await gateway.graphql(QUERY);
    expect(await fetches()).toBe(2);
  });

  it('outlives a month without MDES, with one try in half a minute, and is fresh again by itself', async () => {
    // Each try is repeated twice at once.
    await control.fault('getEligibleTokenRequestors', '500', 1000);
    now += 29 * 24 * HOUR;
    for (let i = 0; i < 5; i++) expect((await gateway.graphql(QUERY)).errors).toBeUndefined();
    const failures = () => gateway.logs.filter((line) => line.includes('could not be refreshed')).length;
    await eventually(async () => failures() === 1);
    await gateway.graphql(QUERY);
    expect(await fetches()).toBe(1 + 3);

    now += 31_000;
    await gateway.graphql(QUERY);
    await eventually(async () => (await fetches()) > 1 + 3);
    await gateway.graphql(QUERY);
    expect(await fetches()).toBeLessThanOrEqual(1 + 6);
    // What goes on in the same way is said once an hour.
    expect(failures()).toBe(1);

    await control.reset();
    await eventually(async () => {
      now += 31_000;
      const before = await fetches();
      await gateway.graphql(QUERY);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return before > 0 && (await fetches()) === before;
    });
    // The one try, and its repeats where it had begun before.
    const fetched = await fetches();
    expect(fetched).toBeLessThanOrEqual(3);
    now += HOUR;
    await gateway.graphql(QUERY);
    expect(await fetches()).toBe(fetched);
  });

  it('is not served past its hard age: a typed error says so', async () => {
    await control.fault('getEligibleTokenRequestors', '500', 3);
    now += 31 * 24 * HOUR;
    expect(codes(await gateway.graphql(QUERY))).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect((await gateway.graphql(QUERY)).errors).toBeUndefined();
  });
});
