/** JSON lines on stdout; a last net under the types takes out anything that looks like a card number. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { maskCardNumbers } from './card-number-net.js';
import { LossyOutput, STDOUT } from './lossy-output.js';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export function createLogger(
  level: LogLevel,
  destination: DestinationStream = new LossyOutput(STDOUT),
  /** Which of several processes it is, in each line. */
  base: { readonly worker: number } | null = null,
): Logger {
  const options = {
    level,
    base,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: maskCardNumbers },
  };
  const log = pino(options, destination);
  if (destination instanceof LossyOutput) {
    destination.onDropped = (lines) => log.error({ event: 'log.dropped', lines }, 'log lines were dropped');
  }
  return log;
}
