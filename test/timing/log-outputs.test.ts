/** Where the gateway's lines go may fail in any way: it starts, answers, and ends in time all the same. */
import { openSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { postGraphQL } from '../support/gateway.js';
import { within } from '../support/measurements.js';
import { built, killAll, SERVER, spawnNode } from '../support/processes.js';
import { freePort } from '../support/redis-server.js';
import { LARK } from '../support/requestors.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

/** Trace lines of so many requests are more than a pipe takes. */
const REQUESTS = 800;
const AT_ONCE = 20;
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { status } } }';

let mdes: RunningSimulator;

beforeAll(async () => {
  mdes = await startTestSimulator();
});
afterAll(async () => {
  await killAll();
  await mdes.close();
});

async function untilAlive(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/livez`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never answered');
}

describe.each(['that nobody reads', 'whose readers have gone', 'on a full disk'])('outputs %s', (how) => {
  it('end nothing and hold nothing up', async () => {
    const output = how === 'on a full disk' ? openSync('/dev/full', 'w') : 'pipe';
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const environment = { ...simulatorEnvironment(mdes), PORT: String(port), LOG_LEVEL: 'trace' };
    const child = spawnNode([built(SERVER)], environment, output, output);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    if (how === 'whose readers have gone') for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
    await untilAlive(url);
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const answer = await fetch(`${url}/livez`);
          await answer.text();
          return answer.status;
        }),
      );
      expect(answers).toEqual(answers.map(() => 200));
    }
    const token = await fetch(`${url}/demo/token?sub=susan`);
    const { access_token } = (await token.json()) as { access_token: string };
    const input = { idempotencyKey: 'one', tokenRequestorId: LARK, fundingAccountIds: ['card-1'] };
    const { data } = await postGraphQL(url, PUSH, { input }, access_token);
    expect(data).toEqual({ pushCard: { status: 'READY' } });
    const at = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - at).toBeLessThan(within(2000));
  });
});
