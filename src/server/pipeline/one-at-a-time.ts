/** What a connection may hold: one answer at a time, and only for a while. Who asks and does not read is cut. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ANSWER_PATIENCE_MS, ANSWER_TAKEN_MS, IDLE_MS } from '../../resilience/time-limits.js';
import { putBefore } from './put-before.js';

/** Requests that may come in behind one that is being answered; browsers and proxies send none. */
const MOST_WAITING = 10;
/** Of all answers that are made and not taken. Beyond it nobody may take longer than a moment. */
const MOST_UNTAKEN_BYTES = 16 * 1024 * 1024;
/** A larger answer is handed over as bytes: Node would hold the text and a copy of it. */
const LARGE_TEXT = 64 * 1024;

interface Line {
  last: ServerResponse;
  waiting: number;
  /** Once its last answer has gone. */
  idle: NodeJS.Timeout | null;
}

/** Before all that looks at a request. */
export function answerOneAtATime(server: Server, { idleMs = IDLE_MS } = {}): void {
  const lines = new WeakMap<Socket, Line>();
  const cutUnlessTaken = cutterOfUntaken();
  putBefore(server, ({ socket }, response, next) => {
    response.on('prefinish', () => cutUnlessTaken(response));
    const line = lines.get(socket) ?? { last: response, waiting: 0, idle: null };
    if (line.idle !== null) clearTimeout(line.idle);
    response.on('close', () => {
      // By the clock: Node counts from the last byte, and an empty line is none of a request.
      if (line.last === response) line.idle = setTimeout(() => socket.destroy(), idleMs).unref();
    });
    const before = line.last;
    if (before === response || before.writableFinished) {
      line.last = response;
      line.waiting = 0;
      lines.set(socket, line);
      next();
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
      if (!socket.destroyed) next();
    });
  });
}

export function sendLargeAsBytes(app: FastifyInstance): void {
  app.addHook('onSend', (_request, _reply, payload, done) => {
    done(null, typeof payload === 'string' && payload.length > LARGE_TEXT ? Buffer.from(payload) : payload);
  });
}

/** By the clock and not by idleness: a byte now and then, in either direction, buys no time. */
function cutterOfUntaken(): (response: ServerResponse) => void {
  let untakenBytes = 0;
  return (response) => {
    const { socket } = response;
    // The system has all of it.
    if (socket?.writableLength === 0) return;
    const bytes = Number(response.getHeader('content-length') ?? 0);
    untakenBytes += bytes;
    const early = setTimeout(
      () => untakenBytes > MOST_UNTAKEN_BYTES && socket?.destroy(),
      ANSWER_PATIENCE_MS,
    );
    const late = setTimeout(() => socket?.destroy(), ANSWER_TAKEN_MS);
    early.unref();
    late.unref();
    response.once('close', () => {
      untakenBytes -= bytes;
      clearTimeout(early);
      clearTimeout(late);
    });
  };
}
