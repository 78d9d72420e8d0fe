/** A whole gateway in process, over HTTP, with everything it needs: what the tests of the API drive. */
import { PassThrough } from 'node:stream';
import { createTokenConnectClient, type TokenConnectClient } from '../../src/client/index.js';
import { readConfig } from '../../src/config/config.js';
import { createGateway, type Gateway, type GatewayOverrides } from '../../src/gateway.js';
import { createLogger } from '../../src/observability/logger.js';
import { CACHE_OPERATION_MS, PUSH_COUNT_MS } from '../../src/resilience/time-limits.js';
import { within } from './measurements.js';
import { simulatorKeys } from './simulator/start-simulator.js';

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  readonly data: any;
  readonly errors: readonly GraphQLAnswerError[] | undefined;
  readonly text: string;
}

interface GraphQLAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly retryAfter?: number;
    readonly traceId?: string;
    readonly scope?: string;
    readonly acrValues?: readonly string[];
    readonly maxAge?: number | null;
  };
}

export interface TestGateway {
  readonly url: string;
  readonly gateway: Gateway;
  /** Root URL of the embedded simulator. */
  readonly simulatorUrl: string;
  readonly logs: readonly string[];
  /** As susan unless told otherwise; `token: null` sends none. */
  graphql(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: { readonly token?: string | null; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<GraphQLAnswer>;
  token(accountHolder: string): Promise<string>;
  /** What an app asks with, for susan unless told otherwise. It throws where an answer has errors, and repeats nothing. */
  client(accountHolder?: string): TokenConnectClient;
  close(): Promise<void>;
}

type TestEnvironment = Readonly<Record<string, string>>;

/** On a free port and embedded parts, with `CATALOGUE_WARM=off`, unless `environment` says otherwise. */
export async function startTestGateway(
  environment: TestEnvironment = {},
  overrides: GatewayOverrides = {},
): Promise<TestGateway> {
  const logs: string[] = [];
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => logs.push(...chunk.toString('utf8').split('\n').filter(Boolean)));
  const config = await readConfig({ PORT: '0', CATALOGUE_WARM: 'off', LOG_LEVEL: 'trace', ...environment });
  const gateway = await createGateway(config, {
    log: createLogger(config.logLevel, sink),
    simulator: { keys: await simulatorKeys() },
    // What Redis is asked for is counted: a busy machine must not look like a Redis that is away.
    cacheOperationMs: within(CACHE_OPERATION_MS),
    pushCountMs: within(PUSH_COUNT_MS),
    ...overrides,
  });
  const { url } = gateway;
  const tokens = new Map<string, string>();

  const token = async (accountHolder: string): Promise<string> => {
    const known = tokens.get(accountHolder);
    if (known !== undefined) return known;
    const answer = await fetch(`${url}/demo/token?sub=${accountHolder}`);
    const { access_token } = (await answer.json()) as { access_token: string };
    tokens.set(accountHolder, access_token);
    return access_token;
  };

  return {
    url,
    gateway,
    simulatorUrl: gateway.embedded?.mdes?.baseUrl ?? '',
    logs,
    token,
    client: (accountHolder = 'susan') =>
      createTokenConnectClient({ url: `${url}/graphql`, token: () => token(accountHolder), repeat: false }),
    async graphql(query, variables = {}, options = {}) {
      const bearer = options.token === undefined ? await token('susan') : options.token;
      return postGraphQL(url, query, variables, bearer, options.headers);
    },
    close: () => gateway.close(),
  };
}

export async function postGraphQL(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  bearer: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphQLAnswer> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await answer.text();
  const json = JSON.parse(text) as Pick<GraphQLAnswer, 'data' | 'errors'>;
  return { status: answer.status, headers: answer.headers, data: json.data, errors: json.errors, text };
}

/** The codes of an answer's errors, for a short assertion. */
export function codes({ errors }: Pick<GraphQLAnswer, 'errors'>): string[] {
  return (errors ?? []).map(({ extensions }) => extensions.code);
}
