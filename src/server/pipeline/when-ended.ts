/**
 * Tells once of each request when it has ended: its answer has gone, or nobody is there any more to take it. Fastify's own onResponse says
 * nothing of those, and whoever goes early must not go unseen.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** @param isTaken false where the connection was closed before all of the answer had gone */
export type OnEnded = (request: FastifyRequest, reply: FastifyReply, isTaken: boolean) => void;

export function whenEnded(app: FastifyInstance, listener: OnEnded): void {
  if (app.hasDecorator('endListeners')) {
    app.endListeners.push(listener);
    return;
  }
  app.decorate('endListeners', [listener]);
  app.decorateRequest('progress', 'OPEN');
  function end(request: FastifyRequest, reply: FastifyReply, isTaken: boolean): void {
    if (request.progress === 'ENDED') return;
    request.progress = 'ENDED';
    for (const onEnded of app.endListeners) onEnded(request, reply, isTaken);
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      // Else it goes on, and what comes of it is known when it is sent.
      if (request.progress === 'SENT') end(request, reply, false);
    });
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.progress === 'OPEN') request.progress = 'SENT';
    if (reply.raw.closed) end(request, reply, false);
  });
  app.addHook('onResponse', async (request, reply) => end(request, reply, true));
}

declare module 'fastify' {
  interface FastifyInstance {
    endListeners: OnEnded[];
  }
  interface FastifyRequest {
    progress: 'OPEN' | 'SENT' | 'ENDED';
  }
}
