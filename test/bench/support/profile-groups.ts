/** What a CPU profile says, by whose code it was. */
import type { Table } from '../workload.js';

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples?: readonly number[] | undefined;
  readonly timeDeltas?: readonly number[] | undefined;
}

const IDLE = '(idle)';
/** The first that matches. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^\(garbage collector\)/, 'garbage collection'],
  [/^\((?:program|root)\)/, 'Node, native (sockets, timers, string coding)'],
  [/node:internal\/crypto|node:crypto/, 'crypto'],
  [/node:(?:internal\/)?zlib/, 'zlib'],
  [/node:/, 'Node, JavaScript (HTTP, streams, timers)'],
  [/node_modules\/graphql\//, 'graphql-js'],
  [/node_modules\/(?:graphql-jit|type-graphql)\//, 'TypeGraphQL and compiled execution'],
  [/node_modules\/@apollo\//, 'Apollo'],
  [/node_modules\/(?:fastify|@fastify|find-my-way|avvio|light-my-request|@as-integrations)\b/, 'Fastify'],
  [/node_modules\/jose\//, 'jose'],
  [/node_modules\/(?:pg|pg-[\w-]+|postgres-[\w-]+)\//, 'pg'],
  [/node_modules\/undici\//, 'undici'],
  [/node_modules\/(?:zod|lossless-json)\//, 'zod and lossless-json'],
  [
    /node_modules\/(?:pino|sonic-boom|rate-limiter-flexible|lru-cache|dataloader|keyv)\b/,
    'pino, limits, caches, loaders',
  ],
  [/node_modules\//, 'other packages'],
];
const OURS = /\/dist\/(?:([\w-]+)\/)?[\w/.-]+\.js$/;

/** @param elsewhere the share of the process's CPU time that went to other threads, such as OpenSSL's and zlib's */
export function profileTable(title: string, profile: CpuProfile, elsewhere: number): Table {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, groupOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [at, node] of (profile.samples ?? []).entries()) {
    const name = names.get(node) ?? 'unknown';
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas?.[at] ?? 0));
  }
  const idle = times.get(IDLE) ?? 0;
  times.delete(IDLE);
  const busy = [...times.values()].reduce((sum, one) => sum + one, 0);
  const rows = [...times]
    .sort(([, one], [, other]) => other - one)
    .map(([name, time]) => [name, `${((100 * time) / busy).toFixed(1)} %`]);
  const share = ((100 * busy) / (busy + idle)).toFixed(0);
  const others = (100 * elsewhere).toFixed(0);
  return {
    title: `${title}: the main thread, busy ${share} % of the time; ${others} % of the CPU time went to other threads`,
    head: ['whose code', 'share'],
    rows,
  };
}

function groupOf({ functionName, url }: { readonly functionName: string; readonly url: string }): string {
  if (functionName === IDLE) return IDLE;
  const place = url === '' ? functionName : url;
  const [, group] = GROUPS.find(([pattern]) => pattern.test(place)) ?? [];
  if (group !== undefined) return group;
  const [ours, folder] = OURS.exec(url) ?? [];
  if (ours !== undefined) return `ours: ${folder ?? 'top'}`;
  // Built-in functions have no file: JSON.parse, RegExp, Intl.
  return url === '' ? 'built-in functions (JSON, strings, regular expressions)' : 'other';
}
