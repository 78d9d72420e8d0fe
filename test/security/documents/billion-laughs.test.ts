/** A document of a thousand bytes that stands for a million fields is refused without being unfolded. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send } from '../../support/raw-http.js';
import { UNFOLDING } from './unfolding.js';

const LIMIT_MS = 50;
/** A measurement that something else on the machine spoiled is taken again. */
const TRIES = 5;

describe.each(['on', 'off'])('a document that unfolds itself, with EXPLORER=%s,', (explorer) => {
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: explorer });
    token = await gateway.token('susan');
    // What is measured is the work, not the compiler that sees the code for the first time.
    for (const [, query] of UNFOLDING) await ask(query);
  });
  afterAll(() => gateway.close());

  function ask(query: string): Promise<RawAnswer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return send(gateway.url, { headers, body: JSON.stringify({ query }) });
  }

  it.each(UNFOLDING)(`is refused within ${LIMIT_MS} ms of CPU: %s`, async (_name, query) => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES && cheapest > within(LIMIT_MS); attempt++) {
      const cpuMs = cpuTimer();
      const answer = await ask(query);
      cheapest = Math.min(cheapest, cpuMs());
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect(answer.status).toBe(400);
      expect(bodyOf(answer).data).toBeUndefined();
      expect(answer.bytes.length).toBeLessThan(600);
    }
    expect(cheapest).toBeLessThanOrEqual(within(LIMIT_MS));
  });

  it('is answered when it only nests: 300 inline fragments in one another', async () => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES && cheapest > 100; attempt++) {
      const cpuMs = cpuTimer();
      const answer = await ask(`{${'...{'.repeat(300)}__typename${'}'.repeat(300)}}`);
      cheapest = Math.min(cheapest, cpuMs());
      expect(bodyOf(answer)).toEqual({ data: { __typename: 'Query' } });
    }
    expect(cheapest).toBeLessThan(within(100));
  });
});
