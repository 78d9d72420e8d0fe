/** Runs one workload within its time, and prints its line; one that fails does not end the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './support/bench.js';
import type { Findings, Workload } from './workload.js';

export interface Outcome {
  readonly workload: Workload;
  readonly seconds: number;
  /** null: it could not be measured, `failure` says why. */
  readonly findings: Findings | null;
  readonly failure: string;
}

export async function runWorkload(workload: Workload, bench: Bench): Promise<Outcome> {
  const startedAt = performance.now();
  const outcome = await attempt(workload, bench);
  await bench.endRow();
  const seconds = (performance.now() - startedAt) / 1000;
  const done = { workload, seconds, ...outcome };
  console.log(lineOf(done));
  return done;
}

export function isReached({ findings }: Outcome): boolean {
  return findings?.goals.every(({ reached }) => reached) ?? false;
}

async function attempt(
  { patienceMs, run }: Workload,
  bench: Bench,
): Promise<Pick<Outcome, 'findings' | 'failure'>> {
  const patience = new AbortController();
  const tooLong = async () => {
    await sleep(patienceMs, undefined, { signal: patience.signal });
    throw new Error(`given up after ${patienceMs / 1000} s`);
  };
  try {
    return { findings: await Promise.race([run(bench), tooLong()]), failure: '' };
  } catch (error) {
    return {
      findings: null,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  } finally {
    patience.abort();
  }
}

function lineOf(outcome: Outcome): string {
  const { workload, seconds, findings, failure } = outcome;
  const words =
    findings === null
      ? `could not be measured: ${failure}`
      : findings.goals.map(({ name, measured, bound }) => `${name} ${measured} (${bound})`).join(', ');
  const verdict = isReached(outcome) ? 'reached' : 'MISSED ';
  return `${workload.id.padEnd(3)} ${verdict}  ${workload.title}: ${words}  [${seconds.toFixed(1)} s]`;
}
