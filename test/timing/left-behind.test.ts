/** What requests leave behind in the process: nothing that grows with their number, where no other test uses its memory. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const AT_A_TIME = 100;
const MOST_BYTES = 40 * 1024 * 1024;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ EXPLORER: 'off' });
});
afterAll(() => gateway.close());

it('documents that differ leave nothing behind that grows with their number', async () => {
  const run = async (from: number) => {
    for (let n = from; n < from + AT_A_TIME; n++) {
      await gateway.graphql(
        `query q${n} { fundingAccounts { id } push(id: "x${n}") { id } asset(id: "y") { id } }`,
      );
    }
    return process.memoryUsage().heapUsed;
  };
  await run(0);
  const before = await run(AT_A_TIME);
  expect((await run(2 * AT_A_TIME)) - before).toBeLessThan(MOST_BYTES);
});
