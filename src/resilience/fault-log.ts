/** Logs what goes wrong with a dependency: a change of state once, errors now and then, and never what they carry. */
import type { Logger } from '../observability/logger.js';

const QUIET_MS = 30_000;

export class FaultLog {
  readonly #log: Logger;
  readonly #what: string;
  readonly #whileAway: string;
  readonly #seen = new Map<string, { until: number; unsaid: number }>();
  #isUp: boolean | undefined;

  constructor(log: Logger, what: string, whileAway: string) {
    this.#log = log;
    this.#what = what;
    this.#whileAway = whileAway;
  }

  /** Says it when this is news. */
  state(isUp: boolean): void {
    const wasUp = this.#isUp;
    this.#isUp = isUp;
    if (isUp && wasUp !== true) this.#log.info(`${this.#what}: in use`);
    if (!isUp && wasUp !== false) this.#log.warn(`${this.#what}: not available, ${this.#whileAway}`);
  }

  /** At most once in 30 s for each thing that fails in one way. */
  fault(doing: string, error: unknown): void {
    const fault = faultName(error);
    const now = performance.now();
    const seen = this.#seen.get(`${doing} ${fault}`);
    if (seen !== undefined && now < seen.until) {
      seen.unsaid += 1;
      return;
    }
    this.#seen.set(`${doing} ${fault}`, { until: now + QUIET_MS, unsaid: 0 });
    this.#log.warn({ fault, unsaid: seen?.unsaid ?? 0 }, `${this.#what}: ${doing} failed`);
  }
}

/** `OOM`, `ECONNREFUSED`, `DeadlineExceeded`: the kind only, since Redis repeats commands in its messages. */
function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const redisCode = /^[A-Z]{2,20}\b/.exec(error.message)?.[0];
  if (redisCode !== undefined) return redisCode;
  return error.name === 'Error' ? error.constructor.name : error.name;
}
