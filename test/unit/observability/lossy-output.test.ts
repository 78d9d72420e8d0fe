/** A process that logs into a pipe: nobody reads it, somebody reads again, the reader has gone. */
import type { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { within } from '../../support/measurements.js';
import { built, killAll, spawnNode } from '../../support/processes.js';

const LINES = 10_000;

/** Logs them all in one go, says so by a message on stderr, and once more when it is told to end. */
const SCRIPT = `
  import { createLogger } from ${JSON.stringify(built('observability/logger.js'))};
  import { LossyOutput, STDOUT } from ${JSON.stringify(built('observability/lossy-output.js'))};
  const output = new LossyOutput(STDOUT);
  const log = createLogger('info', output);
  process.on('SIGTERM', () => output.end().then(() => process.exit(0)));
  for (let line = 1; line <= ${LINES}; line++) {
    log.info({ line, text: 'x'.repeat(100) }, 'a line');
    if (line % 10 === 0 && !output.offer(JSON.stringify({ offered: line }) + '\\n')) throw new Error('no room');
  }
  process.stderr.write('logged\\n');
  const idle = setInterval(() => undefined, 1000);
`;

function start() {
  const child = spawnNode(['--input-type=module', '-e', SCRIPT], {}, 'pipe', 'pipe');
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('no pipes');
  const logged = new Promise<void>((resolve) => stderr.once('data', () => resolve()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, stdout, logged, ended };
}

async function linesUntil(stdout: Readable, last: RegExp): Promise<Record<string, unknown>[]> {
  let text = '';
  for await (const chunk of stdout.setEncoding('utf8')) {
    text += chunk;
    if (last.test(text)) break;
  }
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

afterAll(() => killAll());

describe('a log that nobody reads', () => {
  it('holds nobody up; what was dropped is counted once it is read, and no line is torn', async () => {
    const { stdout, logged } = start();
    await logged;
    const lines = await linesUntil(stdout, /"event":"log.dropped".*\n/);
    const kept = lines.filter(({ msg }) => msg === 'a line');
    expect(kept.map(({ line }) => line)).toEqual(kept.map((_, index) => index + 1));
    expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'log.dropped', lines: LINES - kept.length });
    expect(kept.length).toBeGreaterThan(1000);
    // Those that were offered have room of their own.
    const offered = lines.flatMap((line) => ('offered' in line ? [line['offered']] : []));
    expect(offered).toEqual(Array.from({ length: LINES / 10 }, (_, index) => (index + 1) * 10));
    expect(kept.length).toBeLessThan(LINES);
  });

  it.each(['stands still', 'has gone'])(
    'does not keep a process from its end whose reader %s',
    async (how) => {
      const { child, stdout, logged, ended } = start();
      if (how === 'has gone') stdout.destroy();
      await logged;
      const at = performance.now();
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(performance.now() - at).toBeLessThan(within(1000));
    },
  );
});
