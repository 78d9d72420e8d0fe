/** Whether PUBLIC_URL leads to the gateway's callback route, asked as a browser asks that comes back from a wallet. */
import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import type { Config } from '../config/config.js';
import { USUAL_TLS } from '../domain/network/outward.js';
import { exchange, TransportError } from '../resilience/http-exchange.js';
import { createConnector } from '../resilience/outward/connector.js';
import { CARD_STORE_MS } from '../resilience/time-limits.js';
import { withStop } from '../resilience/total-deadline.js';
import { callbackUrl } from '../server/routes/callback-target.js';
import { ENGLISH } from '../server/routes/callback-words.js';
import { connectionFault } from './connection-fault.js';
import { diagnosis, type Finding, fault, skipped, warning, well } from './finding.js';

const SUBJECT = 'callback route';
const MOST_BYTES = 100_000;
const ROUTE = 'Have the load balancer pass /callback/ on, path and query as they are.';

/** The way of an account holder's browser, as far as it can be gone from here: through the proxy, and trusting whom all trust. */
export async function lookAtCallback({ publicUrl, proxy }: Config): Promise<Finding> {
  if (publicUrl === null)
    return skipped(SUBJECT, 'PUBLIC_URL is not set: no wallet leads back to this machine.');
  // Of a push that there is not, and with a state that is none: it changes nothing.
  const { origin, pathname, search } = new URL(callbackUrl(publicUrl, randomUUID(), 'x'.repeat(22)));
  const client = new Client(origin, {
    connect: createConnector(origin, { proxy, tls: USUAL_TLS }, CARD_STORE_MS),
  });
  try {
    const headers = { accept: 'text/html', 'accept-language': 'en', 'accept-encoding': 'identity' };
    const asked = {
      method: 'GET',
      path: pathname + search,
      headers,
      body: Buffer.alloc(0),
      maxAnswerBytes: MOST_BYTES,
    } as const;
    const { status, body } = await withStop(CARD_STORE_MS, (signal) =>
      exchange(client, { ...asked, signal }),
    );
    if (status === 404 && body?.includes(ENGLISH.NOT_OURS.title)) {
      return well(SUBJECT, 'A gateway answers at PUBLIC_URL, as far as this machine can see.');
    }
    if (status >= 300 && status < 400) {
      return fault(
        SUBJECT,
        diagnosis(
          'CALLBACK_REDIRECTED',
          `PUBLIC_URL sends whoever comes back from a wallet elsewhere (HTTP ${status}), where what the wallet says may be lost.`,
          'Set PUBLIC_URL to the address that it ends at.',
        ),
      );
    }
    if (status === 502 || status === 503 || status === 504) {
      return warning(
        SUBJECT,
        diagnosis(
          'CALLBACK_NOT_SERVED',
          `Something answers at PUBLIC_URL, and has no gateway behind it just now (HTTP ${status}).`,
          'Start the gateway, and look again.',
        ),
      );
    }
    return fault(
      SUBJECT,
      diagnosis(
        'CALLBACK_ELSEWHERE',
        `PUBLIC_URL leads to something that is no gateway, or does not let /callback/ through (HTTP ${status}).`,
        ROUTE,
      ),
    );
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const why = connectionFault(error.code, 'PUBLIC_URL');
    // The gateway may not have been started yet, or its own address may be closed to this machine.
    const isNotThere = why.code === 'NOBODY_LISTENS' || why.code === 'NO_ANSWER';
    return isNotThere
      ? warning(SUBJECT, {
          ...why,
          mend: 'Where the gateway runs already, look at the way from the internet to it; else look again once it does.',
        })
      : fault(SUBJECT, why);
  } finally {
    await client.destroy();
  }
}
