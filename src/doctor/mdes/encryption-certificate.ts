/** Mastercard's encryption certificate as it lies here: its dates, and whose fingerprint is configured. */
import { createHash, type KeyObject } from 'node:crypto';
import type { EncryptionCertificate } from '../../config/keys/encryption-certificate.js';
import { diagnosis, type Finding, fault, warning, well } from '../finding.js';

const SUBJECT = 'encryption certificate';
const DAY_MS = 86_400_000;
const NOTICE_DAYS = 30;

export type FingerprintKind =
  | 'SHA-256 of the certificate'
  | 'SHA-1 of the certificate'
  | 'SHA-256 of its public key'
  | 'SHA-1 of its public key';

export function fingerprintsOf({ der, key }: EncryptionCertificate): ReadonlyMap<FingerprintKind, string> {
  const spki = (from: KeyObject) => from.export({ type: 'spki', format: 'der' });
  return new Map([
    ['SHA-256 of the certificate', hex('sha256', der)],
    ['SHA-1 of the certificate', hex('sha1', der)],
    ['SHA-256 of its public key', hex('sha256', spki(key))],
    ['SHA-1 of its public key', hex('sha1', spki(key))],
  ]);
}

/** undefined: of something else. */
export function kindOf(fingerprint: string, certificate: EncryptionCertificate): FingerprintKind | undefined {
  const known = [...fingerprintsOf(certificate)];
  return known.find(([, value]) => value === fingerprint.toLowerCase())?.[0];
}

export function lookAtCertificate(
  certificate: EncryptionCertificate,
  fingerprint: string,
  now: number,
): Finding[] {
  const prints = fingerprintsOf(certificate);
  const kind = kindOf(fingerprint, certificate);
  const both = `SHA-256 of the certificate ${prints.get('SHA-256 of the certificate')}, of its public key ${prints.get('SHA-256 of its public key')}`;
  const whose = `Sent is ${kind === undefined ? `${fingerprint}, which is neither` : `the ${kind}`}.`;
  return [
    ofDates(certificate, now),
    kind === undefined
      ? warning(
          SUBJECT,
          diagnosis(
            'FINGERPRINT_OF_ANOTHER',
            `MDES_ENCRYPTION_FINGERPRINT belongs neither to the certificate nor to its key: ${both}. ${whose}`,
            'Leave it out, unless the portal shows this very one beside this very certificate.',
          ),
        )
      : well(SUBJECT, `Fingerprints: ${both}. ${whose}`),
  ];
}

function ofDates({ notBefore, notAfter }: EncryptionCertificate, now: number): Finding {
  const days = Math.floor((notAfter.getTime() - now) / DAY_MS);
  const [from, to] = [day(notBefore), day(notAfter)];
  const mend = 'Download the new one from the portal (Client Encryption Keys), with its fingerprint.';
  if (notBefore.getTime() > now) {
    return fault(
      SUBJECT,
      diagnosis(
        'CERTIFICATE_NOT_YET_VALID',
        `It is valid from ${from} only.`,
        'Use the one before it until then, or compare the clock.',
      ),
    );
  }
  // MDES may still hold its key: the envelope shows that.
  if (days < 0) return warning(SUBJECT, diagnosis('CERTIFICATE_EXPIRED', `It ended on ${to}.`, mend));
  if (days < NOTICE_DAYS) {
    return warning(SUBJECT, diagnosis('CERTIFICATE_ENDS_SOON', `It ends on ${to}, in ${days} days.`, mend));
  }
  return well(SUBJECT, `It is valid from ${from} to ${to}.`);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function hex(algorithm: 'sha1' | 'sha256', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}
