/** A step that requests take before those that a server has already. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Answers, or calls `next`, once. */
export type Step = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export function putBefore(server: Server, step: Step): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    step(request, response, () => {
      for (const listener of listeners) listener.call(server, request, response);
    });
  });
}
