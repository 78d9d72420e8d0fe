/** Which way an answer took, before Fastify or through it, and what of it must be the same by both. */
import type { RawAnswer } from './raw-http.js';
import { eventually } from './shared-cache.js';

/**
 * Of the answers that were logged after the first `seen` lines, whether they went out before Fastify.
 * @param count so many are waited for
 */
export async function waysIn(logs: readonly string[], seen: number, count: number): Promise<boolean[]> {
  const found = () =>
    logs.slice(seen).flatMap((line) => {
      const { msg, hot }: { msg: string; hot: boolean } = JSON.parse(line);
      return msg === 'request' ? [hot] : [];
    });
  await eventually(() => found().length >= count, 1000);
  return found();
}

export function compared({ status, headers, text }: RawAnswer) {
  const { date: _, 'x-trace-id': traceId, 'keep-alive': __, 'transfer-encoding': ___, ...others } = headers;
  const traced = /^[0-9a-f]{32}$/.test(String(traceId));
  return { status, others, text: text.replaceAll(String(traceId), 'TRACE'), traced };
}
