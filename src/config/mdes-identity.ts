/** Who we are to MDES, and the keys that prove it: what the MDES client is made with. */
import type { KeyObject } from 'node:crypto';
import type { Outward } from '../domain/network/outward.js';
import type { Secret } from '../domain/secret.js';

export type CipherMode = 'CBC' | 'GCM';
export type OaepHash = 'SHA256' | 'SHA512';

export interface MdesIdentity {
  /** Without a trailing slash, e.g. `https://sandbox.api.mastercard.com/mdes`; it may hold a path. */
  readonly baseUrl: string;
  readonly consumerKey: Secret<string>;
  /** RSA private key that signs requests (OAuth 1.0a). */
  readonly signingKey: KeyObject;
  /** RSA public key of Mastercard's request-encryption certificate. */
  readonly encryptionKey: KeyObject;
  /** Hex; SHA-256 of the certificate's DER unless configured otherwise. */
  readonly encryptionFingerprint: string;
  readonly cipherMode: CipherMode;
  readonly oaepHash: OaepHash;
  /** Absent: straight, trusting the usual authorities. */
  readonly outward?: Outward;
}
