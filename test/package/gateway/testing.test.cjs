/** A gateway of one's own in a Jest that runs CommonJS, in one line. */
const { createTestGateway } = require('token-connect-gateway/testing');
const refusals = require('token-connect-gateway/refusals.json');

test('starts in one line, and answers', async () => {
  const gateway = await createTestGateway();
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await gateway.token()}` },
    body: JSON.stringify({ query: '{ fundingAccounts { id } }' }),
  });
  expect((await answer.json()).data.fundingAccounts[0]).toEqual({ id: 'card-1' });
  await gateway.close();
}, 20_000);

test('the refusals are a list', () => {
  expect(refusals.map(({ code }) => code)).toContain('TOKEN_REQUESTOR_NOT_FOUND');
});
