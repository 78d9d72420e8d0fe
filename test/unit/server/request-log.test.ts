/** A flood of requests makes no flood of lines, and hides no failure. */
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createLogger } from '../../../src/observability/logger.js';
import { RequestLog } from '../../../src/server/pipeline/request-log.js';

it('says 20 good and 20 bad ends in a second, and how many it did not say', () => {
  const sink = new PassThrough();
  let now = 0;
  const log = new RequestLog(createLogger('info', sink), () => now);
  const tell = (outcome: string) =>
    log.tell({
      ...{ traceId: 't', operation: 'query push', outcome, method: 'POST', route: '/graphql' },
      ...{ status: 200, ms: 1, kept: false, hot: false, calls: null },
    });
  for (const _ of Array.from({ length: 100 })) tell('OK');
  tell('KEY_REUSED');
  now = 1000;
  tell('OK');
  tell('OK');
  const lines = String(sink.read()).trim().split('\n');
  expect(lines).toHaveLength(23);
  const last = lines.slice(-3).map((line) => JSON.parse(line));
  expect(last.map(({ outcome, unsaid }) => [outcome, unsaid])).toEqual([
    ['KEY_REUSED', 0],
    ['OK', 80],
    ['OK', 0],
  ]);
});
