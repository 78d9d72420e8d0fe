/** Our clock is wrong: MDES refuses with the words that it has for a wrong key, and the log says clock. */
import { expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import { createLogger } from '../../src/observability/logger.js';
import { rsaKeyPair } from '../support/keys.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const FREELY = 3;

it('is called a clock, with how far it is off, and a wrong key a key', async () => {
  const simulator = await startTestSimulator();
  const { mdes } = await readConfig(simulatorEnvironment(simulator));
  if (mdes.identity === null) throw new Error('the simulator gave no identity');
  const said: string[] = [];
  const log = createLogger('info', { write: (line: string) => void said.push(line) });
  const ask = async (offMs: number, signingKey = mdes.identity?.signingKey) => {
    const identity = { ...mdes.identity, signingKey } as NonNullable<typeof mdes.identity>;
    const client = createMdesClient({ log, clock: { now: () => Date.now() + offMs } }, identity);
    const ends: string[] = [];
    for (let asked = 0; asked < FREELY; asked += 1) {
      const end = await client.getAsset('1').catch((error: Error) => error.message);
      ends.push(String(end));
    }
    await client.close();
    return ends.at(-1);
  };
  expect(await ask(600_000)).toMatch(/HTTP 40[13].*our clock is (599|600|601) s before that of MDES$/);
  expect(await ask(-600_000)).toMatch(/our clock is (599|600|601) s behind that of MDES$/);
  expect(said.filter((line) => line.includes('our clock differs'))).toHaveLength(2);
  said.length = 0;
  expect(await ask(0, rsaKeyPair('unknown').privateKey)).not.toContain('clock');
  expect(said.join()).toContain('does not accept our key or our signature');
  await simulator.close();
});
