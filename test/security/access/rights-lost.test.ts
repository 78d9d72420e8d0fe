/** Two account holders ask the same side by side, and one of them loses what she was allowed; `npm run faults -- J4` goes on for a minute. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { postGraphQL, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { loseRights, RIGHTS } from '../../support/rights-lost.js';

const STAGE_MS = 250;

let issuer: TokenIssuer;
let gateway: TestGateway;
let now = Date.now();

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway(
    { EXPLORER: 'off', LOG_LEVEL: 'debug', ...RIGHTS, ...issuer.environment },
    { clock: { now: () => now } },
  );
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

/** A token of a key that is not known has them fetched. */
async function lookAgain(): Promise<void> {
  now += 31_000;
  await postGraphQL(gateway.url, '{ __typename }', {}, await issuer.token('whoever', `new-${now}`));
}

it('no answer is crossed, and none is given for what is allowed no more', async () => {
  const { answered, ...blows } = await loseRights({ url: gateway.url, issuer, lookAgain }, STAGE_MS);
  expect(blows).toEqual({ crossed: [], servedAfter: [], turnedAway: [] });
  expect(answered).toBeGreaterThan(80);
  expect(gateway.logs.filter((line) => line.includes('"kept":true')).length).toBeGreaterThan(15);
});
