/** JSON lines on stdout; a last net under the types takes out anything that looks like a card number. */
import { type DestinationStream, type Logger, pino, stdSerializers, symbols } from 'pino';
import { maskCardNumbers } from './card-number-net.js';
import { LossyOutput, STDOUT } from './lossy-output.js';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Whose level can be changed while it runs, that of its lasting children too. */
export interface LevelLogger extends Logger {
  changeLevel(level: LogLevel): void;
}

const PART = /"part":/;

export function createLogger(
  level: LogLevel,
  destination: DestinationStream = new LossyOutput(STDOUT),
  /** Which of several processes it is, in each line. */
  base: { readonly worker: number } | null = null,
): LevelLogger {
  // Those of a request live too short to be told.
  const parts: Logger[] = [];
  const options = {
    level,
    base,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    onChild(child: Logger) {
      if (PART.test(chindings(child))) parts.push(child);
    },
    serializers: { err: withoutNeedlessStack },
    hooks: { streamWrite: maskCardNumbers },
  };
  const log = pino(options, destination);
  if (destination instanceof LossyOutput) {
    destination.onDropped = (lines) => log.error({ event: 'log.dropped', lines }, 'log lines were dropped');
  }
  return Object.assign(log, {
    changeLevel(to: LogLevel) {
      for (const one of [log, ...parts]) one.level = to;
    },
  });
}

/** What others answer is no fault of a line of ours: its stack would say nothing, at length. */
const ANSWERS: readonly string[] = ['MdesError', 'CardStoreError', 'KeySetError'];

function withoutNeedlessStack(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = stdSerializers.err(error);
  return ANSWERS.includes(error.name) ? { ...error, type: told.type, message: told.message } : told;
}

/** What it adds to each line, as pino keeps it: to parse that for each request costs more. */
function chindings(log: object): string {
  return String(Reflect.get(log, symbols.chindingsSym));
}
