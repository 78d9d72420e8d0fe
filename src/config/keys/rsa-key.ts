/** What every key of ours and of Mastercard's must be. */
import type { KeyObject } from 'node:crypto';
import { KeyFault } from './key-fault.js';

const SMALLEST_KEY_BITS = 2048;

/** @param mend which key to use instead of one of another algorithm */
export function requireStrongRsa(key: KeyObject, mend: string): void {
  if (key.asymmetricKeyType !== 'rsa') refuseAlgorithm(key.asymmetricKeyType ?? 'not known', mend);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits >= SMALLEST_KEY_BITS) return;
  throw new KeyFault(
    `its RSA key has ${bits} bits; at least ${SMALLEST_KEY_BITS} are needed: make a new one.`,
  );
}

export function refuseAlgorithm(name: string, mend: string): never {
  throw new KeyFault(`its key is ${name}; ${mend}`);
}
