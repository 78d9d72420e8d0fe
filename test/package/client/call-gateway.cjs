/** What every caller here wants of the gateway at GATEWAY_URL: the demo account holder signed in, a card pushed, a refusal. */
const assert = require('node:assert/strict');

const url = process.env.GATEWAY_URL ?? '';

exports.callGateway = async ({ createTokenConnectClient, TokenConnectError }) => {
  const token = async () => (await (await fetch(`${url}/demo/token?sub=susan`)).json()).access_token;
  const client = createTokenConnectClient({ url: `${url}/graphql`, token });

  const { fundingAccounts } = await client.FundingAccounts();
  assert.ok(fundingAccounts.length > 0);
  const account = fundingAccounts.find(({ tokenRequestors }) => tokenRequestors.length > 0);
  const { pushCard } = await client.PushCard({
    input: {
      idempotencyKey: crypto.randomUUID(),
      tokenRequestorId: account.tokenRequestors[0].id,
      fundingAccountIds: [account.id],
    },
  });
  assert.equal(pushCard.__typename, 'Push');

  const stranger = createTokenConnectClient({ url: `${url}/graphql`, token: 'none' });
  await assert.rejects(
    stranger.FundingAccounts(),
    (error) => error instanceof TokenConnectError && error.code === 'UNAUTHENTICATED',
  );
};
