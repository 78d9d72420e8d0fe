/** JSON lines on stdout; a last net under the types takes out anything that looks like a card number. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { LossyOutput, STDOUT } from './lossy-output.js';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

const DIGIT_RUN = /\d{16,19}/g;

export function createLogger(
  level: LogLevel,
  destination: DestinationStream = new LossyOutput(STDOUT),
): Logger {
  const options = {
    level,
    base: null,
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

/** 16 to 19 digits that pass the Luhn check are masked: shorter runs would hit timestamps. */
export function maskCardNumbers(line: string): string {
  return line.replace(DIGIT_RUN, (digits, at: number) => {
    if (!passesLuhn(digits)) return digits;
    const before = line.slice(0, at);
    // The line must stay JSON: a fraction such as a duration's is no card number, and a bare number becomes a string.
    if (/"\w+":-?\d+\.$/.test(before)) return digits;
    return /"\w+":$/.test(before) ? '"[PAN]"' : '[PAN]';
  });
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
