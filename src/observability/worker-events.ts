/** One function per event in the life of the processes that serve on one port. */
import type { Logger } from './logger.js';

interface WorkerEnd {
  /** Its number. */
  readonly worker: number;
  readonly pid: number | undefined;
  readonly code: number | null;
  readonly signal: string | null;
  readonly stoodStill: boolean;
}

export function workerReplaced(log: Logger, end: WorkerEnd): void {
  log.error({ event: 'worker.replaced', ...end }, 'a worker has ended, another takes its place');
}

/** Replacing them mends nothing. */
export function workersGivenUp(log: Logger, end: WorkerEnd & { readonly deaths: number }): void {
  log.fatal({ event: 'worker.given-up', ...end }, 'workers end again and again, so all of them end');
}
