/** What the peers serve: the gateway's own schema and answers, from memory. */
import { readFileSync } from 'node:fs';

/**
 * @type {{
 *   schema: string,
 *   requestors: Record<string, { id: string }[]>,
 *   assets: Record<string, object>,
 *   cardStore: { url: string, token: string },
 *   signIn: { issuer: string, audience: string, jwksUrl: string },
 * }}
 */
export const data = JSON.parse(readFileSync(process.env.PEER_DATA ?? '', 'utf8'));

export const PORT = Number(process.env.PORT);

/** Each requestor once, in the order of the lists. @param {readonly string[]} ranges */
export function requestorsOf(ranges) {
  const [first = '', ...more] = ranges;
  if (more.length === 0) return data.requestors[first] ?? [];
  return [
    ...new Map(ranges.flatMap((range) => data.requestors[range] ?? []).map((one) => [one.id, one])).values(),
  ];
}

export const resolvers = {
  Query: {
    tokenRequestors: (_, { accountRanges }) => requestorsOf(accountRanges ?? []),
    asset: (_, { id }) => data.assets[id] ?? null,
  },
};
