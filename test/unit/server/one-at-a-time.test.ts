/** A connection that has had its answer is kept for a while by the clock, whatever it sends that is no request. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { answerOneAtATime } from '../../../src/server/pipeline/one-at-a-time.js';

const IDLE_MS = 400;
const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const app = Fastify({ keepAliveTimeout: 60_000 });
let port = 0;

beforeAll(async () => {
  answerOneAtATime(app.server, { idleMs: IDLE_MS });
  app.get('/', async () => 'here');
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

/** How many answers it has had when it is cut, or when it has said all of it. */
async function say(what: readonly string[], everyMs: number): Promise<{ answers: number; cut: boolean }> {
  const socket: Socket = connect(port, '127.0.0.1');
  let [text, cut] = ['', false];
  socket
    .on('error', () => undefined)
    .once('close', () => {
      cut = true;
    });
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  for (const part of what) {
    socket.write(part);
    await sleep(everyMs);
    if (cut) break;
  }
  const state = { answers: text.split('HTTP/1.1 200').length - 1, cut };
  socket.destroy();
  return state;
}

it('is cut while it sends empty lines', async () => {
  const drops = Array.from({ length: 40 }, () => '\r\n');
  expect(await say([REQUEST, ...drops], 100)).toEqual({ answers: 1, cut: true });
});

it('lives on while it asks', async () => {
  const questions = Array.from({ length: 10 }, () => REQUEST);
  expect(await say(questions, IDLE_MS / 4)).toEqual({ answers: 10, cut: false });
});
