/** One GraphQL request with its time, for the rows that ask a gateway themselves. */
import { performance } from 'node:perf_hooks';

export interface Asked {
  // biome-ignore lint/suspicious/noExplicitAny: rows look into whatever came back
  readonly data: any;
  /** The codes of its errors. */
  readonly codes: readonly string[];
  readonly text: string;
  readonly ms: number;
}

interface GraphQLBody {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

export async function postGraphQL(
  { url, token }: { readonly url: string; readonly token: string },
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Asked> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await answer.text();
  const ms = performance.now() - startedAt;
  const { data, errors = [] } = JSON.parse(text) as GraphQLBody;
  return { data, codes: errors.map(({ extensions }) => extensions.code), text, ms };
}
