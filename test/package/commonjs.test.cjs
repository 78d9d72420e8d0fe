/** Uses what `exports` promises from a Jest that runs CommonJS, as a channel team's tests do. */
const client = require('token-connect-gateway/client');
const refusals = require('token-connect-gateway/refusals.json');
const { callGateway } = require('./gateway.cjs');

test('the client answers', () => callGateway(client), 20_000);

test('the refusals are a list', () => {
  expect(refusals.map(({ code }) => code)).toContain('TOKEN_REQUESTOR_NOT_FOUND');
});
