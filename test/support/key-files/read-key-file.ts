/** Reads a key file as the gateway does, and says what came of it. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readEncryptionCertificate } from '../../../src/config/keys/encryption-certificate.js';
import { KeyFault } from '../../../src/config/keys/key-fault.js';
import { readSigningKey } from '../../../src/config/keys/signing-key.js';
import { Secret } from '../../../src/domain/secret.js';
import type { KeyFile } from './key-file.js';
import { reasonsFor } from './reasons.js';
import type { Workbench } from './workbench.js';

export interface Pairs {
  readonly signingKey: KeyObject;
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
}

export async function pairsOf(bench: Workbench): Promise<Pairs> {
  const publicKeys = new Map(
    ['ours', 'other'].map((name) => [name, createPublicKey(bench.read(`${name}.pem`))]),
  );
  return { signingKey: await readSigningKey(bench.read('ours.pem')), publicKeys };
}

/** Each file of which something else came than what it should give. */
export async function misread(files: readonly KeyFile[], pairs: Pairs): Promise<string[]> {
  const wrong: string[] = [];
  for (const file of files) {
    const result = await resultOf(file, pairs);
    if (result !== file.gives) wrong.push(`${file.as}, ${file.name}: ${result} instead of ${file.gives}`);
  }
  return wrong;
}

/** The name of the pair, the reason, or the sentence that means none or several. */
async function resultOf(file: KeyFile, { signingKey, publicKeys }: Pairs): Promise<string> {
  try {
    const key = await publicKeyIn(file, signingKey);
    return [...publicKeys].find(([, one]) => one.equals(key))?.[0] ?? 'another key';
  } catch (error) {
    if (!(error instanceof KeyFault)) return `${error}`;
    const [reason, ...more] = reasonsFor(error.message);
    return reason === undefined || more.length > 0 ? error.message : reason;
  }
}

async function publicKeyIn(
  { as, bytes, password, alias }: KeyFile,
  signingKey: KeyObject,
): Promise<KeyObject> {
  if (as === 'certificate') return readEncryptionCertificate(bytes, signingKey).key;
  return createPublicKey(
    await readSigningKey(bytes, {
      alias: alias ?? null,
      password: password === undefined ? undefined : new Secret(password),
    }),
  );
}
