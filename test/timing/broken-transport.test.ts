/** Every way in which a connection breaks: what became of a push is told truly, and everything ends in time. */
import { describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesError, MdesErrorKind } from '../../src/mdes/mdes-error.js';
import { Semaphore } from '../../src/resilience/semaphore.js';
import { brokenTransport, DEADLINES, RANGES, SLACK_MS, timed } from '../contract/broken-transport.js';
import {
  drip,
  flood,
  gzipBomb,
  hang,
  json,
  type Reply,
  resetBeforeHeaders,
  resetMidBody,
  shortFin,
} from '../support/mdes/fake-mdes.js';
import {
  caught,
  countTraces,
  everythingOf,
  PAN,
  pushRequest,
  recordingLogger,
} from '../support/mdes/mdes-fixtures.js';
import { within } from '../support/measurements.js';

const { keys, mdes, lines, withClient } = brokenTransport();

const rows: [string, Reply, read: MdesErrorKind, push: MdesErrorKind][] = [
  ['a reset before the headers', resetBeforeHeaders, 'UNAVAILABLE', 'UNCLEAR'],
  ['a reset in the body', resetMidBody(200), 'UNAVAILABLE', 'UNCLEAR'],
  ['an end before the announced length', shortFin, 'UNAVAILABLE', 'UNCLEAR'],
  ['a byte every 100 ms', drip, 'UNAVAILABLE', 'UNCLEAR'],
  ['no answer at all', hang, 'UNAVAILABLE', 'UNCLEAR'],
  ['a body that would grow to 50 MB when unpacked', gzipBomb, 'UNAVAILABLE', 'UNCLEAR'],
  ['a reset in the body of a 400, which nobody can read', resetMidBody(400), 'UNAVAILABLE', 'UNCLEAR'],
  ['a reset in the body of a 401, which nobody can read', resetMidBody(401), 'UNAVAILABLE', 'UNCLEAR'],
];

describe.each(rows)('%s', (name, reply, read, push) => {
  it(`makes a push ${push}, in time, after exactly one request`, async () => {
    mdes().answer(reply);
    const before = mdes().requests.length;
    const { result: error, ms } = await timed(() =>
      withClient(mdes().baseUrl, (client) => caught(client.pushMultipleAccounts(pushRequest()))),
    );
    expect(error.kind).toBe(push);
    expect(ms).toBeLessThan(within(DEADLINES.pushMs + SLACK_MS));
    expect(mdes().requests).toHaveLength(before + 1);
    expect(countTraces(everythingOf(error) + lines().join(''), PAN)).toBe(0);
  });

  it('makes reads fail in time', async () => {
    mdes().answer(reply);
    const { result: errors, ms } = await timed(() =>
      withClient(mdes().baseUrl, (client) =>
        Promise.all([caught(client.getEligibleTokenRequestors(RANGES)), caught(client.getAsset('554dbc44'))]),
      ),
    );
    const expected = name.includes('401') ? 'UNAUTHORIZED' : read;
    expect(errors.map(({ kind }) => kind)).toEqual([expected, expected]);
    expect(ms).toBeLessThan(within(DEADLINES.readMs + SLACK_MS));
  });
});

describe('an answer that has arrived while the process stood still past the deadline', () => {
  it('is taken', async () => {
    mdes().answer((response) => {
      const body = JSON.stringify({ errors: [{ source: 'MDES', reasonCode: 'AUTHORIZATION_FAILED' }] });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(body, () => standStill(DEADLINES.pushMs + 500));
    });
    const error = await withClient(mdes().baseUrl, (client) =>
      caught(client.pushMultipleAccounts(pushRequest())),
    );
    expect([error.kind, error.reason?.reasonCode]).toEqual(['REFUSED', 'AUTHORIZATION_FAILED']);
  });
});

/** As after SIGSTOP, or a long collection of garbage. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a body of 100 MB', () => {
  it('is cut off after the first of it', async () => {
    const { reply, sent } = flood();
    mdes().answer(reply);
    const before = process.memoryUsage().rss;
    const { result: errors, ms } = await timed(() =>
      withClient(mdes().baseUrl, async (client) => [
        await caught(client.getEligibleTokenRequestors(RANGES)),
        await caught(client.pushMultipleAccounts(pushRequest())),
      ]),
    );
    expect(errors.map(({ kind }) => kind)).toEqual(['UNAVAILABLE', 'UNCLEAR']);
    expect(errors[0]?.message).toContain('TOO_LARGE');
    expect(sent()).toBeLessThan(30 * 1024 * 1024);
    expect(ms).toBeLessThan(within(DEADLINES.pushMs + SLACK_MS));
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('more reads than places', () => {
  it.each([
    ['hangs', 1000, hang, 'UNAVAILABLE'],
    ['answers', 5000, json(200, { tokenRequestors: [] }), undefined],
  ] as const)(
    'never stand on more than 50 connections, and end in time, when MDES %s',
    async (_, readMs, reply, kind) => {
      mdes().answer(reply);
      mdes().mostConnections();
      const { log } = recordingLogger();
      const client = createMdesClient({ log }, keys().identity(mdes().baseUrl), { deadlines: { readMs } });
      const { result: outcomes, ms } = await timed(() =>
        Promise.all(
          Array.from({ length: 130 }, () =>
            client.getEligibleTokenRequestors(RANGES).then(
              () => undefined,
              (error: MdesError) => error.kind,
            ),
          ),
        ),
      );
      await client.close();
      expect(new Set(outcomes)).toEqual(new Set([kind]));
      // Had each to wait for its predecessors to give up, the last would end after three deadlines.
      expect(ms).toBeLessThan(within(2 * readMs));
      expect(mdes().mostConnections()).toBeLessThanOrEqual(50);
    },
  );

  it('leave the queue when their time is up, without a connection of their own', async () => {
    const semaphore = new Semaphore(1);
    const never = new AbortController();
    const impatient = new AbortController();
    let letGo = () => {};
    const held = semaphore.run(
      never.signal,
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    let started = false;
    const called = semaphore.run(impatient.signal, async () => {
      started = true;
    });
    impatient.abort();
    await expect(called).rejects.toBe(impatient.signal.reason);
    letGo();
    await held;
    expect(started).toBe(false);
    expect(await semaphore.run(never.signal, async () => 'in')).toBe('in');
  });
});
