/** Settles before anything runs in which form the answer goes out: Apollo would refuse a form only after a push. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from './http-errors.js';

const JSON_TYPE = 'application/json';
const TYPES: ReadonlyMap<string, string> = new Map([
  [JSON_TYPE, JSON_TYPE],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  // JSON too, but not asked for by name: see json-status.ts.
  ['application/*', '*/*'],
  ['*/*', '*/*'],
]);

/** A GET is left to Apollo: it changes nothing, and a browser that asks for HTML may get a page. */
export async function settleAnswerType(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { accept } = request.headers;
  if (request.method !== 'POST' || accept === undefined) return;
  const type = settledType(accept);
  if (type !== undefined) {
    request.headers.accept = type;
    return;
  }
  await sendRefusal(reply, {
    status: 406,
    code: 'NOT_ACCEPTABLE',
    message: 'Answers are JSON: send the header "Accept: application/json".',
  });
}

/** undefined: none that we have. */
export function settledType(accept: string): string | undefined {
  return TYPES.get(accept) ?? best(accept);
}

function best(accept: string): string | undefined {
  const wanted = accept.split(',').flatMap((range) => {
    const [name = '', ...parameters] = range
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    const type = TYPES.get(name);
    const quality = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    return type !== undefined && quality > 0 ? [{ type, quality }] : [];
  });
  return wanted.sort((a, b) => b.quality - a.quality)[0]?.type;
}
