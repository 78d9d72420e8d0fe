/** The keys of a run: what an issuer gets from Mastercard's developer portal, and what Mastercard keeps. */
import { generateKeyPair, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './self-signed-certificate.js';

export interface SimulatorKeys {
  /** The issuer's. */
  readonly consumerKey: string;
  readonly signingKeyPem: string;
  readonly signingPublicKey: KeyObject;
  /** Mastercard's, for envelopes. */
  readonly encryptionCertificatePem: string;
  readonly encryptionFingerprint: string;
  readonly encryptionPrivateKey: KeyObject;
  /** Mastercard's, for the signature in push answers. */
  readonly jwsKeyId: string;
  readonly jwsPrivateKey: KeyObject;
  readonly jwsPublicJwk: object;
}

const generate = promisify(generateKeyPair);

export async function makeSimulatorKeys(): Promise<SimulatorKeys> {
  const rsa = { modulusLength: 2048 };
  const [signing, encryption, jws] = await Promise.all([
    generate('rsa', rsa),
    generate('rsa', rsa),
    generate('rsa', rsa),
  ]);
  const encryptionCertificatePem = selfSignedCertificate(
    toPem(encryption.privateKey, 'pkcs1'),
    'simulated MDES request encryption',
  );
  const certificate = new X509Certificate(encryptionCertificatePem);
  const jwsKeyId = String(randomBytes(8).readBigUInt64BE() | (1n << 60n));
  return {
    consumerKey: `${randomBytes(24).toString('hex')}!${randomBytes(24).toString('hex')}`,
    signingKeyPem: toPem(signing.privateKey, 'pkcs8'),
    signingPublicKey: signing.publicKey,
    encryptionCertificatePem,
    encryptionFingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    encryptionPrivateKey: encryption.privateKey,
    jwsKeyId,
    jwsPrivateKey: jws.privateKey,
    jwsPublicJwk: { ...jws.publicKey.export({ format: 'jwk' }), kid: jwsKeyId, use: 'sig', alg: 'RS256' },
  };
}

function toPem(key: KeyObject, type: 'pkcs1' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString();
}
