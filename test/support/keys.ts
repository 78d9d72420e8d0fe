/** RSA keys of tests, made once a worker: each takes a fifth of a second. */
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { onceAWorker } from './once-a-worker.js';

/** @param name keys of the same name are the same keys */
export function rsaKeyPair(name: string): KeyPairKeyObjectResult {
  return onceAWorker(`RSA key ${name}`, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
}
