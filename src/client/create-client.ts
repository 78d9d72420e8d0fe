/** Makes the typed client: the generated SDK over graphql-request, with an access token on every request. */
import { GraphQLClient } from 'graphql-request';
import { getSdk, type Sdk } from './generated.js';
import { TokenConnectError } from './token-connect-error.js';

export interface TokenConnectClientOptions {
  /** The gateway's GraphQL endpoint, e.g. `https://gateway.example/graphql`. */
  readonly url: string | URL;
  /** The account holder's access token, or a function that is asked for it before every request. */
  readonly token: string | (() => string | Promise<string>);
  /** Used instead of the global `fetch`, e.g. for an agent, tracing headers or a time limit. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A method per operation of `operations.graphql` (TokenRequestors, PushCard, Push, …) and of `following.graphql` (Picker, Pushes, …). */
export type TokenConnectClient = Sdk;

/**
 * A client whose methods are the operations of `operations.graphql` and `following.graphql`. Each takes the operation's variables, and
 * optionally request headers and an AbortSignal, and resolves to the answer's data.
 *
 * A push that a rule forbids is no error: `PushCard` then answers a `PushRefusal`; look at `__typename`.
 *
 * @throws {TokenConnectError} when the answer has GraphQL errors; its `code` tells them apart, and `data` holds what
 * was answered all the same. A failed connection rejects with what `fetch` throws.
 *
 * @example
 * const client = createTokenConnectClient({ url: 'http://127.0.0.1:4000/graphql', token: () => signIn.accessToken() });
 * const { tokenRequestors } = await client.TokenRequestors();
 * const { pushCard } = await client.PushCard({
 *   input: { idempotencyKey: crypto.randomUUID(), tokenRequestorId: '50123456789', fundingAccountIds: ['card-1'] },
 * });
 * if (pushCard?.__typename === 'Push') {
 *   for (const { platform, url } of pushCard.handOffs) offer(platform, url);
 * }
 */
export function createTokenConnectClient(options: TokenConnectClientOptions): TokenConnectClient {
  const { token } = options;
  const client = new GraphQLClient(String(options.url), options.fetch ? { fetch: options.fetch } : {});
  return getSdk(client, async (request) => {
    const accessToken = typeof token === 'string' ? token : await token();
    try {
      return await request({ authorization: `Bearer ${accessToken}` });
    } catch (error) {
      throw TokenConnectError.from(error);
    }
  });
}
