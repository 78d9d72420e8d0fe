/** A token that ends is refused where the answer is kept as soon as where it has to be made: nothing is served for longer because it is at hand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { postGraphQL, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { within } from '../../support/measurements.js';

const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id } }';
const REFRESH_MS = 600_000;
/** It looks at its clock once a second. */
const LOOKS_MS = 1000;
/** The tolerance for clocks. */
const TOLERATED_SECONDS = 5;

let issuer: TokenIssuer;
let gateway: TestGateway;
let now = Date.now();
let asked = 0;

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway(
    { EXPLORER: 'off', LOG_LEVEL: 'debug', ...issuer.environment },
    { clock: { now: () => now } },
  );
});
beforeEach(async () => {
  // From now on its answer is kept.
  const token = await issuer.token('susan', 'bank-1');
  for (const _ of [1, 2]) await status(LIST, token);
  expect(gateway.logs.some((line) => line.includes('"kept":true'))).toBe(true);
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

async function status(query: string, token: string): Promise<number> {
  return (await postGraphQL(gateway.url, query, {}, token)).status;
}

/** In turn, a document whose answer is kept and one that nobody has sent yet, until both are refused. */
async function untilRefused(token: string, withinMs: number): Promise<number> {
  const startedAt = performance.now();
  const statuses: number[] = [];
  do {
    asked += 1;
    statuses.push(await status(`${LIST} # ${asked}`, token), await status(LIST, token));
    await sleep(10);
  } while (statuses.at(-1) === 200 && performance.now() - startedAt < within(withinMs));
  const first = statuses.indexOf(401);
  // Whichever it is that comes first: what follows it is refused too.
  expect(statuses.slice(first)).toEqual(statuses.slice(first).fill(401));
  expect(first).toBeGreaterThan(0);
  return performance.now() - startedAt;
}

it('where it expires', async () => {
  const lives = 1;
  const expires = Math.floor(Date.now() / 1000) - TOLERATED_SECONDS + 1 + lives;
  const token = await issuer.token('susan', 'bank-1', {}, expires);
  const ms = await untilRefused(token, (lives + 1) * 1000);
  expect(ms).toBeLessThan(within((lives + 1) * 1000 + 100));
});

it('where its key is taken out of the key set', async () => {
  const token = await issuer.token('susan', 'bank-1');
  await issuer.publish('bank-2');
  expect(await status(LIST, token)).toBe(200);
  now += REFRESH_MS;
  const ms = await untilRefused(token, LOOKS_MS);
  expect(ms).toBeLessThan(within(LOOKS_MS + 200));
});
