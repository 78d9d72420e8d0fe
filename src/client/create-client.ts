/** Makes the typed client: generated methods, each signed in and tried again where that helps. */
import { GraphQLClient } from 'graphql-request';
import { type FollowPushOptions, followPush } from './follow-push.js';
import { type FollowedPushFragment, getSdk, type Sdk } from './generated.js';
import { type RepeatOptions, repeated } from './repeat.js';
import { TokenConnectError } from './token-connect-error.js';

export interface TokenConnectClientOptions {
  /** The gateway's GraphQL endpoint, e.g. `https://gateway.example/graphql`; in a page also relative to it, e.g. `/graphql`. */
  readonly url: string | URL;
  /** The account holder's access token, or a function that is asked for it before every request. */
  readonly token: string | (() => string | Promise<string>);
  /** Used instead of the global `fetch`, e.g. for an agent, tracing headers or a time limit. */
  readonly fetch?: typeof globalThis.fetch;
  /** How often, and how long, a request is tried again where the gateway says that this helps. `false`: never. */
  readonly repeat?: RepeatOptions | false;
}

/** A method per operation of `operations.graphql` (TokenRequestors, PushCard, Push, …) and of `following.graphql` (Picker, Pushes, …). */
export interface TokenConnectClient extends Sdk {
  /**
   * Asks for a push again and again, less and less often, until it has come to an end, or the app has to do something, or
   * `patienceMs` is over. What is seen last is the answer: null when there is no such push.
   */
  followPush(pushId: string, options?: FollowPushOptions): Promise<FollowedPushFragment | null>;
}

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
 * const { pushCard } = await client.PushAndHandOff({
 *   input: { idempotencyKey: crypto.randomUUID(), tokenRequestorId: '50123456789', fundingAccountIds: ['card-1'] },
 * });
 * if (pushCard?.__typename === 'Push') {
 *   for (const { platform, url } of pushCard.handOffs) offer(platform, url);
 *   const push = await client.followPush(pushCard.id);
 * }
 */
export function createTokenConnectClient(options: TokenConnectClientOptions): TokenConnectClient {
  const { token, url, repeat = {} } = options;
  const client = new GraphQLClient('', options.fetch ? { fetch: options.fetch } : {});
  const sdk = getSdk(client, async (request, _name, _type, _variables, signal) => {
    // Not sooner: a page that is rendered on a server has no address there.
    client.setEndpoint(absolute(url));
    return repeated(repeat, signal, async () => {
      const accessToken = typeof token === 'string' ? token : await token();
      try {
        return await request({ authorization: `Bearer ${accessToken}` });
      } catch (error) {
        throw TokenConnectError.from(error);
      }
    });
  });
  return { ...sdk, followPush: (pushId, followOptions) => followPush(sdk, pushId, followOptions) };
}

function absolute(url: string | URL): string {
  const page: unknown = Reflect.get(globalThis, 'location');
  const base = typeof page === 'object' && page !== null && 'href' in page ? String(page.href) : undefined;
  return new URL(url, base).href;
}
