/** Fetches the token issuer's key set (RFC 7517) and takes what a token can be checked with; trusts nothing that comes back. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';
import { Pool } from 'undici';
import { z } from 'zod';
import { errorCode } from '../../domain/error-code.js';
import { type Outward, STRAIGHT } from '../../domain/network/outward.js';
import { NO_TELEMETRY, type Telemetry } from '../../observability/telemetry.js';
import { createConnector } from '../../resilience/outward/connector.js';
import { KEYS_FETCH_MS } from '../../resilience/time-limits.js';
import { endWithin } from '../../resilience/total-deadline.js';

const MAX_BYTES = 500_000;
const MAX_KEYS = 100;
const LEAST_RSA_BITS = 2048;

/** The message is for the log. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

export interface KeyFetcher {
  /** @throws KeySetError also for a set without a single key that could check a token */
  fetch(): Promise<JSONWebKeySet>;
  close(): Promise<void>;
}

export function createKeyFetcher(
  url: string,
  telemetry: Telemetry = NO_TELEMETRY,
  outward: Outward = STRAIGHT,
): KeyFetcher {
  const { origin, pathname, search } = new URL(url);
  const connect = createConnector(origin, outward, KEYS_FETCH_MS);
  const pool = new Pool(origin, { connect, maxResponseSize: MAX_BYTES });

  async function exchange(signal: AbortSignal): Promise<string> {
    const { statusCode, body } = await pool.request({
      path: pathname + search,
      method: 'GET',
      headers: {
        accept: 'application/jwk-set+json, application/json',
        'user-agent': 'token-connect-gateway',
      },
      signal,
    });
    if (statusCode === 200) return await body.text();
    // What is destroyed before its end says so by an error event, and one that nobody hears ends the process.
    body.on('error', () => undefined).destroy();
    throw new KeySetError(`HTTP ${statusCode}`);
  }

  return {
    async fetch() {
      const ask = () => endWithin(KEYS_FETCH_MS, exchange, () => new KeySetError('no answer in time'));
      const text = await telemetry
        .upstream({ system: 'key-set', operation: 'fetch' }, ask)
        .catch((error: unknown) => {
          throw error instanceof KeySetError ? error : new KeySetError(`no answer: ${errorCode(error)}`);
        });
      return readKeySet(text);
    },
    close: () => pool.destroy(),
  };
}

const keySet = z.object({ keys: z.array(z.unknown()).min(1).max(MAX_KEYS) });

/** A public key to check signatures with; `d` would make it a private one, which nobody publishes on purpose. */
const signingKey = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  crv: z.enum(['P-256', 'P-384', 'P-521', 'Ed25519']).optional(),
  use: z.literal('sig').optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .optional(),
  d: z.never().optional(),
});

/** Keys of other kinds beside good ones are left out. */
function readKeySet(text: string): JSONWebKeySet {
  const parsed = keySet.safeParse(parseJson(text));
  if (!parsed.success) throw new KeySetError(`the answer is no key set of 1 to ${MAX_KEYS} keys`);
  const keys = parsed.data.keys.filter(isSigningKey);
  if (keys.length === 0) throw new KeySetError('the key set has no key that a token could be checked with');
  return { keys };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeySetError('the answer is not JSON');
  }
}

function isSigningKey(entry: unknown): entry is JWK {
  if (!signingKey.safeParse(entry).success) return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: entry as JsonWebKey, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS) >= LEAST_RSA_BITS;
  } catch {
    return false;
  }
}
