/** Another signing key, as a developer adds one at Mastercard's portal. */
import { generateKeyPairSync } from 'node:crypto';

/** PKCS#8 in PEM; the simulator takes what it signs, beside the keys that it knows. */
export async function trustedKey(simulatorUrl: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await fetch(`${simulatorUrl}/simulator/trust`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }),
  });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
