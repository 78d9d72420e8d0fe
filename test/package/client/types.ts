/** Compiled as an ES module, as CommonJS and for a bundler: the client's types are there, and are not `any`. */
import {
  createTokenConnectClient,
  type GatewayError,
  type PushRefusalCode,
  TokenConnectError,
} from 'token-connect-client';

export async function pushCard(): Promise<string | PushRefusalCode | readonly GatewayError[] | undefined> {
  const client = createTokenConnectClient({ url: 'http://127.0.0.1:4000/graphql', token: 'token' });
  try {
    const { pushCard } = await client.PushCard(
      { input: { idempotencyKey: 'a', tokenRequestorId: 'b', fundingAccountIds: ['c'] } },
      { 'x-channel': 'web' },
    );
    // @ts-expect-error there is no such field
    pushCard?.nonsense;
    // @ts-expect-error nor are headers a number
    await client.FundingAccounts({}, 7);
    return pushCard?.__typename === 'Push' ? pushCard.handOffs[0]?.url : pushCard?.code;
  } catch (error) {
    // @ts-expect-error nor such an option
    createTokenConnectClient({ uri: '' });
    return error instanceof TokenConnectError ? error.errors : undefined;
  }
}
