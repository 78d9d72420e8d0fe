/** The primary of several workers: it starts them, replaces those that die, passes their lines on, and ends when they have ended. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger, LogLevel } from '../observability/logger.js';
import type { LossyOutput } from '../observability/lossy-output.js';
import type { MetricValues } from '../observability/metrics/metrics.js';
import { workerReplaced, workersGivenUp } from '../observability/worker-events.js';
import { SeenProofs } from '../server/sign-in/possession/seen-proofs.js';
import { Deaths } from './deaths.js';
import type { ToPrimary, ToWorker } from './messages.js';
import { passLines } from './pass-lines.js';
import type { WorkerMetrics } from './worker-metrics.js';

/** As the installed command: with all that it does to a process. */
const COMMAND = fileURLToPath(new URL('../../bin/token-connect-gateway.mjs', import.meta.url));
/** Before a dead worker is replaced. */
const PAUSE_MS = 1000;
/** A worker that stands still is ended after so many pings in vain: counted, so that a machine that slept ends nobody. */
const PING_MS = 2000;
const MOST_IN_VAIN = 9;
/** For the last lines of those that have ended, where nobody takes ours. */
const LAST_LINES_MS = 500;
/** One that stands still must not keep what the others say from whoever asks. */
const METRICS_MS = 2000;

interface SupervisorDeps {
  readonly log: Logger;
  readonly output: LossyOutput;
}

interface Death {
  readonly pid: number | undefined;
  readonly code: number | null;
  readonly signal: string | null;
  /** It answered no ping any more, and was ended. */
  readonly stoodStill: boolean;
}

export class Supervisor {
  readonly #deps: SupervisorDeps;
  readonly count: number;
  readonly #alive = new Set<Worker>();
  readonly #serving = new Map<Worker, number>();
  readonly #asked = new Map<number, (metrics: MetricValues) => void>();
  #lastAsked = 0;
  #level: LogLevel | undefined;
  readonly #deaths = new Deaths();
  readonly #proofs = new SeenProofs();
  readonly #ending = new AbortController();
  readonly #lines = new Set<Promise<void>>();
  #hasListened = false;
  #code = 0;

  constructor(deps: SupervisorDeps, count: number) {
    this.#deps = deps;
    this.count = count;
  }

  /** Gives the exit code once all have ended. */
  async run(): Promise<number> {
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ exec: COMMAND, args: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    // Alone: what keeps it from listening keeps all of them, and is said once.
    const others: Promise<void>[] = [];
    cluster.once('listening', () => {
      this.#hasListened = true;
      for (let number = 2; number <= this.count; number++) others.push(this.#keep(number));
    });
    await this.#keep(1);
    await Promise.all(others);
    await Promise.race([Promise.all(this.#lines), pause(LAST_LINES_MS)]);
    return this.#code;
  }

  /** None is replaced any more; all of them serve on. */
  drain(): void {
    this.#ending.abort();
    for (const worker of this.#alive) tell(worker, { kind: 'DRAIN' });
  }

  /** Each reads its settings anew. */
  reload(): void {
    for (const worker of this.#alive) tell(worker, { kind: 'RELOAD' });
  }

  /** What is under way in them ends first. */
  end(code = 0): void {
    this.#code ||= code;
    this.#ending.abort();
    // One that has been told to end by SIGTERM, as service managers tell the whole group, waits no longer.
    for (const worker of this.#alive) worker.process.kill('SIGINT');
  }

  /** At once, with whatever is under way. */
  kill(): void {
    for (const worker of this.#alive) worker.process.kill('SIGKILL');
  }

  get serving(): number {
    return this.#ending.signal.aborted ? 0 : this.#serving.size;
  }

  /** Those that come after them have it too. */
  changeLevel(level: LogLevel): void {
    this.#level = level;
    for (const worker of this.#alive) tell(worker, { kind: 'LOG_LEVEL', level });
  }

  /** Of those that answer in time. */
  async askMetrics(): Promise<WorkerMetrics[]> {
    const answers = await Promise.all(
      [...this.#serving].map(async ([worker, number]) => ({
        worker: number,
        metrics: await this.#askOne(worker),
      })),
    );
    return answers.flatMap(({ worker, metrics }) => (metrics === undefined ? [] : [{ worker, metrics }]));
  }

  async #askOne(worker: Worker): Promise<MetricValues | undefined> {
    this.#lastAsked += 1;
    const id = this.#lastAsked;
    const answer = new Promise<MetricValues>((resolve) => {
      this.#asked.set(id, resolve);
      tell(worker, { kind: 'METRICS', id });
    });
    const found = await Promise.race([answer, pause(METRICS_MS, undefined, { ref: false })]);
    this.#asked.delete(id);
    return found;
  }

  /** One worker after the other in the place of that number. */
  async #keep(number: number): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const death = await this.#serve(number);
      const code = death.code ?? (/^SIG(TERM|INT)$/.test(death.signal ?? '') ? 0 : 1);
      if (signal.aborted) this.#code ||= code;
      // It has said itself what keeps it.
      else if (!this.#hasListened) this.end(code);
      else if (this.#isHopeless(code)) {
        workersGivenUp(this.#deps.log, { worker: number, ...death, deaths: this.#deaths.count });
        this.end(1);
      } else {
        workerReplaced(this.#deps.log, { worker: number, ...death });
        await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Whoever ends by itself was asked to, by an operator. */
  #isHopeless(code: number): boolean {
    if (code !== 0) this.#deaths.add();
    return this.#deaths.areHopeless;
  }

  /** From its start to its end. */
  async #serve(number: number): Promise<Death> {
    const worker = cluster.fork();
    this.#alive.add(worker);
    let inVain = 0;
    let pings: NodeJS.Timeout | undefined;
    const ping = () => {
      if (inVain === MOST_IN_VAIN) worker.process.kill('SIGKILL');
      else tell(worker, { kind: 'PING' });
      inVain += 1;
    };
    worker.on('message', (message: ToPrimary) => {
      switch (message.kind) {
        case 'JOIN':
          tell(worker, { kind: 'START', number });
          if (this.#level !== undefined) tell(worker, { kind: 'LOG_LEVEL', level: this.#level });
          if (this.#ending.signal.aborted) tell(worker, { kind: 'DRAIN' });
          pings = setInterval(ping, PING_MS);
          return;
        case 'PONG':
          inVain = 0;
          return;
        case 'METRICS':
          this.#asked.get(message.id)?.(message.metrics);
          return;
        case 'PROOF': {
          const outcome = this.#proofs.add(message.proof, message.owner);
          tell(worker, { kind: 'PROOF', id: message.id, outcome });
          return;
        }
        default:
          message satisfies never;
      }
    });
    worker.once('listening', () => {
      this.#serving.set(worker, number);
      if (this.#serving.size === this.count) this.#deaths.allServe();
    });
    this.#passLines(worker);
    const end = await ended(worker);
    clearInterval(pings);
    this.#alive.delete(worker);
    this.#serving.delete(worker);
    this.#deaths.oneIsGone();
    return { pid: worker.process.pid, ...end, stoodStill: inVain > MOST_IN_VAIN };
  }

  /** Nobody waits for them: that they are not taken must keep no worker from being replaced. */
  #passLines({ process: { stdout } }: Worker): void {
    if (stdout === null) return;
    const lines = passLines(stdout, this.#deps.output).finally(() => this.#lines.delete(lines));
    this.#lines.add(lines);
  }
}

/** One that could not be started at all only says so by an error. */
function ended(worker: Worker): Promise<Pick<Death, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    worker.once('exit', (code, signal) => resolve({ code, signal }));
    worker.on('error', () => {
      if (worker.process.pid === undefined) resolve({ code: 1, signal: null });
    });
  });
}

/** Whoever is gone hears nothing; that it has gone is seen. */
function tell(worker: Worker, message: ToWorker): void {
  worker.send(message, () => undefined);
}
