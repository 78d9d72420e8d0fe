/** Cuts connections that do not take their answer: it would lie in memory for as long as they like. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ANSWER_STALL_MS } from '../../resilience/time-limits.js';

/** Node's HTTP server destroys a socket whose time is up, and sets its own time anew once the answer is out. */
export function cutStalledAnswers(server: Server): void {
  server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.once('prefinish', () => response.socket?.setTimeout(ANSWER_STALL_MS));
  });
}
