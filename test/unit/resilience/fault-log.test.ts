/** What is logged of a dependency in trouble: the news at once, and of what comes and goes all the time little. */
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../../src/observability/logger.js';
import { FaultLog } from '../../../src/resilience/fault-log.js';

function faultLog() {
  const lines: string[] = [];
  const log = new FaultLog(createLogger('info', { write: (line) => void lines.push(line) }), 'it', 'so what');
  return { log, lines, said: () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg) };
}

describe('a dependency', () => {
  it('that goes and comes back is told of each time, and once', () => {
    const { log, said } = faultLog();
    for (const isUp of [true, true, false, false, true]) log.state(isUp);
    expect(said()).toEqual(['it: in use', 'it: not available, so what', 'it: in use']);
  });

  it('that flaps a thousand times is told of in six lines', () => {
    const { log, said } = faultLog();
    for (let change = 0; change < 1000; change++) {
      log.state(change % 2 === 0);
      log.fault('connection', new TypeError('closed'));
    }
    expect(said().filter((msg) => msg !== 'it: connection failed')).toHaveLength(6);
    expect(said()).toHaveLength(7);
  });

  it.each([
    [new Error('timeout exceeded when trying to connect'), 'TIMEOUT'],
    [new Error('Connection terminated unexpectedly'), 'CONNECTION_LOST'],
    [new Error('SET 5204740000000012 failed'), 'SET'],
    [new Error('something with 5204740000000012'), 'Error'],
    [new RangeError('closed'), 'RangeError'],
    [Object.assign(new Error('connect timeout'), { code: 'ETIMEDOUT' }), 'ETIMEDOUT'],
  ])('says of %p its kind and nothing that it carries', (error, fault) => {
    const { log, lines } = faultLog();
    log.fault('asking', error);
    expect(lines.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ fault })]);
    expect(lines.join('')).not.toContain('5204');
  });
});
