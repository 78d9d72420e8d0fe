/** What a connection may hold: one answer at a time, and only for a while. Who asks and does not read is cut. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ANSWER_TAKEN_MS } from '../../resilience/time-limits.js';

/** Requests that may come in behind one that is being answered; browsers and proxies send none. */
const MOST_WAITING = 10;

interface Line {
  last: ServerResponse;
  waiting: number;
}

export function answerOneAtATime(app: FastifyInstance): void {
  const lines = new WeakMap<Socket, Line>();
  app.addHook('onRequest', ({ raw: { socket } }, { raw: response }, done) => {
    response.once('prefinish', () => cutUnlessTaken(response));
    const line = lines.get(socket);
    const before = line?.last;
    if (line === undefined || before === undefined || before.writableFinished) {
      lines.set(socket, { last: response, waiting: 0 });
      done();
      return;
    }
    // Each is a small thing, but nothing else would end their number.
    if (line.waiting >= MOST_WAITING) {
      socket.destroy();
      return;
    }
    line.last = response;
    line.waiting += 1;
    before.once('close', () => {
      line.waiting -= 1;
      if (!socket.destroyed) done();
    });
  });
}

/** By the clock and not by idleness: a byte now and then, in either direction, buys no time. */
function cutUnlessTaken(response: ServerResponse): void {
  if (response.writableFinished) return;
  const { socket } = response;
  const timer = setTimeout(() => socket?.destroy(), ANSWER_TAKEN_MS).unref();
  response.once('close', () => clearTimeout(timer));
}
