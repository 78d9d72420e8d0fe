/** From when until when a certificate holds. */
import type { X509Certificate } from 'node:crypto';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export function validityOf({ validFrom, validTo }: X509Certificate): Validity {
  return { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
}
