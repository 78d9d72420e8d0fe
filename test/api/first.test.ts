import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
let g: TestGateway;
beforeAll(async () => { g = await startTestGateway(); });
afterAll(() => g.close());
it('works', async () => {
  const a = await g.graphql('{ fundingAccounts { id kind label lastFour status artUrl accountRange tokenRequestors { id consumerFacingEntityName type supportsIssuerInitiatedDigitizationData} } }');
  console.log(JSON.stringify(a.data, null, 1).slice(0, 3000), a.errors);
  const docs = readFileSync('src/client/operations.graphql','utf8');
  console.log((await g.graphql('{ a: __typename b: asset(id: "x") {id} nope }')).text);
  console.log((await g.graphql('query($r:[AccountRange!]){ tokenRequestors(accountRanges: $r) {id} }', {r: ['123']})).text);
  console.log((await g.graphql('{ fundingAccounts {id} }', {}, {token: null})).text);
  console.log(g.logs.slice(0, 30).join('\n'));
  expect(docs.length).toBeGreaterThan(1);
});
