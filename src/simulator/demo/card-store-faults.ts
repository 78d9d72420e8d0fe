/** Faults of the demo card store: what a store may do to the gateway that asks it. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { sendJson, sendText } from '../http/answer.js';

export const CARD_STORE_FAULTS = ['500', 'hang', 'foreign-account', 'flood', 'malformed'] as const;
export type CardStoreFault = (typeof CARD_STORE_FAULTS)[number];

const FLOOD_BYTES = 100_000_000;
const CHUNK = Buffer.alloc(1_000_000, ' ');

/** `foreign-account` is not among them: there the answer is wrong, not its form. */
export async function strikeCardStore(
  fault: Exclude<CardStoreFault, 'foreign-account'>,
  response: ServerResponse,
): Promise<void> {
  switch (fault) {
    case '500':
      return sendJson(response, 500, { error: { code: 'INTERNAL_ERROR', message: 'ordered by a test' } });
    case 'malformed':
      return sendText(response, 200, 'application/json', '{"fundingAccounts":[{"id":"card-1","accountHol');
    case 'flood':
      return flood(response);
    case 'hang':
      return;
  }
}

/** Well-formed JSON, if anybody should read it to its end. */
async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"fundingAccounts":[');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (let sent = 0; sent < FLOOD_BYTES && !response.destroyed; sent += CHUNK.length) {
    if (response.write(CHUNK)) continue;
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  if (!response.destroyed) response.end(']}');
}
