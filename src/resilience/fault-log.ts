/** Logs what goes wrong with a dependency: a change of state once, errors now and then, and never what they carry. */
import type { Logger } from '../observability/logger.js';

const QUIET_MS = 30_000;
/** So many in a row are told at once: a restart, and another one. */
const MOST_CHANGES = 6;

export class FaultLog {
  readonly #log: Logger;
  readonly #what: string;
  readonly #whileAway: string;
  readonly #seen = new Map<string, { until: number; unsaid: number }>();
  #isUp: boolean | undefined;
  #said: boolean | undefined;
  #changes = 0;
  #quiet: NodeJS.Timeout | undefined;

  constructor(log: Logger, what: string, whileAway: string) {
    this.#log = log;
    this.#what = what;
    this.#whileAway = whileAway;
  }

  /** Says it when this is news; what comes and goes all the time is told every 30 s, as it is then. */
  state(isUp: boolean): void {
    this.#isUp = isUp;
    if (isUp !== this.#said && this.#changes < MOST_CHANGES) this.#say(isUp);
  }

  #say(isUp: boolean): void {
    this.#said = isUp;
    this.#changes += 1;
    this.#quiet ??= setTimeout(() => this.#afterQuiet(), QUIET_MS).unref();
    if (isUp) this.#log.info(`${this.#what}: in use`);
    else this.#log.warn(`${this.#what}: not available, ${this.#whileAway}`);
  }

  #afterQuiet(): void {
    this.#quiet = undefined;
    this.#changes = 0;
    if (this.#isUp !== undefined) this.state(this.#isUp);
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

/** pg's own errors have neither code nor class; the text around these words stays out of the log. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\btime(d )?out\b/i, 'TIMEOUT'],
  [/\b(terminated|closed)\b/i, 'CONNECTION_LOST'],
];

/** `OOM`, `ECONNREFUSED`, `DeadlineExceeded`: the kind only, since Redis repeats commands in its messages. */
function faultName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const redisCode = /^[A-Z]{2,20}\b/.exec(error.message)?.[0];
  if (redisCode !== undefined) return redisCode;
  const kind = error.name === 'Error' ? error.constructor.name : error.name;
  return kind === 'Error' ? (KINDS.find(([said]) => said.test(error.message))?.[1] ?? kind) : kind;
}
