/** Uses the client from a Jest that runs CommonJS, as a channel team's tests do. */
const client = require('token-connect-client');
const { callGateway } = require('./call-gateway.cjs');

test('the client answers', () => callGateway(client), 20_000);

test('its mocks and documents are there', () => {
  expect(require('token-connect-client/mocks').createMocks().resolvers.Query.fundingAccounts()).not.toEqual(
    [],
  );
  expect(Object.keys(require('token-connect-client/trusted-documents.json')).length).toBeGreaterThan(10);
});
