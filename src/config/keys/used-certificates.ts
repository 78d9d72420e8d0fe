/** The certificates that a configuration holds, each by its name for operators, with its dates. */
import { X509Certificate } from 'node:crypto';
import type { TlsSettings } from '../../domain/network/outward.js';
import type { Config } from '../config.js';
import { type Validity, validityOf } from './validity.js';

/** Mastercard's for encryption, that beside our signing key, and those that we show in TLS. */
export type CertificateName =
  | 'encryption'
  | 'signing'
  | 'mdes-client'
  | 'card-store-client'
  | 'key-set-client'
  | 'redis-client'
  | 'ledger-client';

export interface UsedCertificate extends Validity {
  readonly name: CertificateName;
}

type Source = Pick<Config, 'mdes' | 'cardStore' | 'auth' | 'cache' | 'ledger'>;

export function usedCertificates({ mdes, cardStore, auth, cache, ledger }: Source): UsedCertificate[] {
  const { encryption, signing } = mdes.certificates;
  const found: readonly (readonly [CertificateName, Validity | null])[] = [
    ['encryption', encryption],
    ['signing', signing],
    ['mdes-client', shown(mdes.identity?.outward?.tls)],
    ['card-store-client', shown(cardStore?.outward?.tls)],
    ['key-set-client', shown(auth?.outward?.tls)],
    ['redis-client', shown(cache?.tls)],
    ['ledger-client', shown(ledger.tls)],
  ];
  return found.flatMap(([name, validity]) =>
    validity === null ? [] : [{ name, notBefore: validity.notBefore, notAfter: validity.notAfter }],
  );
}

/** Ours comes first of its file. */
function shown(tls: TlsSettings | undefined): Validity | null {
  const pem = tls?.identity?.certificate;
  return pem === undefined ? null : validityOf(new X509Certificate(pem));
}
