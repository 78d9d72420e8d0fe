/** POST /simulator/trust: a further client key, as an issuer has two of them valid while it replaces one. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type ControlAnswer, controlError, readControlBody } from './control-request.js';

const trustOrder = z.strictObject({ publicKey: z.string().min(1).max(10_000) });

/** It stays trusted through a reset, as at Mastercard. */
export async function trust(
  deps: { readonly trust: (signingPublicKey: KeyObject) => void },
  request: IncomingMessage,
): Promise<ControlAnswer> {
  const order = await readControlBody(request, trustOrder);
  if ('bad' in order) return order.bad;
  const key = readPublicKey(order.value.publicKey);
  if (key?.asymmetricKeyType !== 'rsa') {
    return controlError(400, 'BAD_REQUEST', 'publicKey: must be the PEM of an RSA public key or certificate');
  }
  deps.trust(key);
  const sha256 = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return { status: 200, body: { trusted: true, sha256 } };
}

function readPublicKey(pem: string): KeyObject | undefined {
  // Node would take the public part of a private key, which has no business here.
  if (pem.includes('PRIVATE KEY')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
