/** Measures servers side by side: in turns, three rounds, medians. */
import type { Table } from '../workload.js';
import { tidy } from '../workload.js';
import type { Load } from './load/load.js';
import { requireRight } from './load/load.js';
import type { LoadResult } from './load/plan.js';
import { CORES } from './servers/pinned-process.js';
import type { Server } from './servers/server.js';
import { busyMsOf, cpuMsOf } from './servers/vitals.js';

export interface Subject {
  readonly name: string;
  readonly server: Server;
  /** Requests, as the load process knows them. */
  readonly prepared: string;
}

export interface Round {
  readonly perSecond: number;
  /** CPU time of the server for a request, in microseconds. */
  readonly cpuMicros: number;
  /** Shares of a core: of the server, of others beside it, of the load, and of all that its core does. */
  readonly serverBusy: number;
  readonly othersBusy: number;
  readonly loadBusy: number;
  readonly loadCoreBusy: number;
  readonly result: LoadResult;
}

export interface Series {
  readonly name: string;
  readonly rounds: readonly Round[];
}

export interface Measuring {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
}

export const USUAL: Measuring = { rounds: 3, seconds: 2, warmSeconds: 3 };
export const CONNECTIONS = 50;
/** Below this the server has waited for something else, be it the load itself. */
const FULL = 0.9;

export async function compare(
  load: Load,
  subjects: readonly Subject[],
  { rounds, seconds, warmSeconds }: Measuring = USUAL,
): Promise<readonly Series[]> {
  // Twice, since what the others still do after their start takes from whoever is the first to be warmed.
  for (const subject of [...subjects, ...subjects]) await warmUp(load, subject, warmSeconds / 2);
  const series = subjects.map(({ name }) => ({ name, rounds: [] as Round[] }));
  for (let round = 0; round < rounds; round++) {
    // And each is the first in its turn.
    for (let turn = 0; turn < subjects.length; turn++) {
      const at = (round + turn) % subjects.length;
      const subject = subjects[at];
      if (subject !== undefined) series[at]?.rounds.push(await measureOnce(load, subject, seconds));
    }
  }
  return series;
}

/** Right or not: what is slow at first may run into limits of time. */
export async function warmUp(load: Load, { server, prepared }: Subject, seconds: number): Promise<void> {
  await load.closed({ port: server.port, prepared, connections: CONNECTIONS, seconds });
}

export async function measureOnce(load: Load, subject: Subject, seconds: number): Promise<Round> {
  const { server, prepared, name } = subject;
  return watched(load, server, async () => {
    const result = await load.closed({ port: server.port, prepared, connections: CONNECTIONS, seconds });
    requireRight(name, result);
    return result;
  });
}

/** What a run has cost the server, and how busy both were. */
export async function watched(load: Load, server: Server, run: () => Promise<LoadResult>): Promise<Round> {
  const before = busyMs(load, server);
  const result = await run();
  const after = busyMs(load, server);
  const { answers, seconds } = result;
  const share = (of: keyof typeof before) => (after[of] - before[of]) / (1000 * seconds);
  return {
    perSecond: answers / seconds,
    cpuMicros: (1e6 * share('server') * seconds) / answers,
    serverBusy: share('server'),
    othersBusy: share('serverCore') - share('server'),
    loadBusy: share('load'),
    loadCoreBusy: share('loadCore'),
    result,
  };
}

function busyMs(load: Load, server: Server) {
  return {
    server: cpuMsOf(server.process.pid),
    serverCore: busyMsOf(CORES?.server ?? 0),
    load: cpuMsOf(load.process.pid),
    loadCore: busyMsOf(CORES?.load ?? 0),
  };
}

/** Requests a second of a full core: where it was not full, what its CPU time for each says. */
export function speedOf({ perSecond, cpuMicros, serverBusy }: Round): number {
  return serverBusy < FULL && cpuMicros > 0 ? 1e6 / cpuMicros : perSecond;
}

/** Round by round, so that what slows the machine for a while slows both. */
export function ratio(one: Series, other: Series): number {
  return median(one.rounds.map((round, at) => speedOf(round) / speedOf(other.rounds[at] ?? round)));
}

export function medianOf({ rounds }: Series, figure: (round: Round) => number): number {
  return median(rounds.map(figure));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** @param ours the one that is compared with each */
export function seriesTable(title: string, all: readonly Series[], ours: Series | undefined = all[0]): Table {
  const rows = all.map((series) => [
    series.name,
    tidy(medianOf(series, speedOf)),
    ours === undefined || series === ours ? '' : `${tidy(ratio(ours, series))} ×`,
    tidy(medianOf(series, ({ perSecond }) => perSecond)),
    tidy(medianOf(series, ({ cpuMicros }) => cpuMicros)),
    share(medianOf(series, ({ serverBusy }) => serverBusy)),
    share(medianOf(series, ({ othersBusy }) => othersBusy)),
    share(medianOf(series, ({ loadBusy }) => loadBusy)),
    share(medianOf(series, ({ loadCoreBusy }) => loadCoreBusy)),
    tidy(medianOf(series, ({ result }) => result.p50Ms)),
    tidy(medianOf(series, ({ result }) => result.p99Ms)),
    tidy(medianOf(series, ({ result }) => result.bytes / result.answers)),
  ]);
  const head = ['', 'a second, core full', `${ours?.name ?? 'the first'} is`, 'a second, measured'];
  return {
    title,
    head: [...head, 'CPU µs each', 'server', 'others', 'load', 'its core', 'p50 ms', 'p99 ms', 'bytes each'],
    rows,
  };
}

function share(part: number): string {
  return `${Math.round(100 * part)} %`;
}
