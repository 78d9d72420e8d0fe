/** What a CPU profile says, by whose code it was. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Table } from '../workload.js';

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
  }[];
  readonly samples?: readonly number[] | undefined;
  readonly timeDeltas?: readonly number[] | undefined;
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** Both from zero. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

const IDLE = '(idle)';
/** How the profiler is started and stopped, which takes as long as a cold query. */
const PROFILER = 'dispatch';
/** The first that matches. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^\(garbage collector\)/, 'garbage collection'],
  [/^\((?:program|root)\)/, 'Node, native (sockets, timers, string coding)'],
  // Built-in functions of Node, which have no file.
  [
    /^(?:writev|writeBuffer|write\w*String|readStart|shutdown)$/,
    'Node, native (sockets, timers, string coding)',
  ],
  [/^oneShotDigest$|node:internal\/crypto|node:crypto/, 'crypto'],
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
/** Of the one file that the server starts from. */
const BUNDLE = /\/dist\/\.start\/[\w.-]+\.cjs$/;
const OURS = /\/(?:dist|src)\/(?:([\w-]+)\/)?[\w/.-]+\.[jt]s$/;

/** @param elsewhere the share of the process's CPU time that went to other threads, such as OpenSSL's and zlib's */
export function profileTable(title: string, profile: CpuProfile, elsewhere: number): Table {
  const maps = new Map<string, SourceMap>();
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, groupOf(callFrame, maps)]));
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

/** @param maps those that have been read */
function groupOf(frame: CallFrame, maps: Map<string, SourceMap>): string {
  const { functionName } = frame;
  if (functionName === IDLE || (functionName === PROFILER && frame.url === '')) return IDLE;
  const url = BUNDLE.test(frame.url) ? originOf(frame, maps) : frame.url;
  const place = url === '' ? functionName : url;
  const [, group] = GROUPS.find(([pattern]) => pattern.test(place)) ?? [];
  if (group !== undefined) return group;
  const [ours, folder] = OURS.exec(url) ?? [];
  if (ours !== undefined) return `ours: ${folder ?? 'top'}`;
  // Built-in functions have no file: JSON.parse, RegExp, Intl.
  return url === '' ? 'built-in functions (JSON, strings, regular expressions)' : 'other';
}

/** The file that a place in the bundle comes from. */
function originOf({ url, lineNumber, columnNumber }: CallFrame, maps: Map<string, SourceMap>): string {
  const known = maps.get(url);
  const map = known ?? new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  if (known === undefined) maps.set(url, map);
  const entry = map.findEntry(lineNumber, columnNumber);
  return 'originalSource' in entry ? entry.originalSource : url;
}
