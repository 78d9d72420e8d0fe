/** The dates of the certificates in the settings, but for Mastercard's: those that we show, and the authorities that we trust. */
import { X509Certificate } from 'node:crypto';
import type { Config } from '../config/config.js';
import { type Validity, validityOf } from '../config/keys/validity.js';
import type { TlsSettings } from '../domain/network/outward.js';
import { diagnosis, type Finding, fault, warning, well } from './finding.js';

const SUBJECT = 'certificates';
const DAY_MS = 86_400_000;
const NOTICE_DAYS = 30;

interface Given extends Validity {
  /** As a sentence begins. */
  readonly what: string;
  /** Without it there is no connection: nobody takes one that has ended. */
  readonly isNeeded: boolean;
}

export function lookAtGivenCertificates(config: Config, now: number): Finding[] {
  const given = certificatesIn(config);
  const wrong = given.flatMap((one) => ofDates(one, now));
  if (given.length === 0 || wrong.length > 0) return wrong;
  return [well(SUBJECT, `${given.length} in the settings, each valid for ${NOTICE_DAYS} days and longer.`)];
}

function certificatesIn({ mdes, cardStore, auth, cache, ledger }: Config): Given[] {
  const { signing } = mdes.certificates;
  return [
    // Mastercard has one of its own for the key: its word on that counts.
    ...(signing === null ? [] : [{ ...signing, what: 'That beside MDES_SIGNING_KEY', isNeeded: false }]),
    ...ofDestination('MDES', mdes.identity?.outward?.tls),
    ...ofDestination('CARD_VAULT', cardStore?.outward?.tls),
    ...ofDestination('AUTH_JWKS', auth?.outward?.tls),
    ...ofDestination('CACHE', cache?.tls),
    ...ofDestination('LEDGER', ledger.tls),
  ];
}

function ofDestination(to: string, tls: TlsSettings | undefined): Given[] {
  const [shown, trusted] = [tls?.identity?.certificate, tls?.ca].map((pem) => validitiesOf(pem ?? ''));
  const only = trusted?.length === 1;
  return [
    ...(shown ?? []).map((one) => ({
      ...one,
      what: `${named(one)} in ${to}_TLS_CERTIFICATE`,
      isNeeded: true,
    })),
    // Beside a new one the old one may stay for a while.
    ...(trusted ?? []).map((one) => ({ ...one, what: `${named(one)} in ${to}_TLS_CA`, isNeeded: only })),
  ];
}

function validitiesOf(pem: string): (Validity & { readonly subject: string })[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((one) => {
    const certificate = new X509Certificate(one);
    return { ...validityOf(certificate), subject: certificate.subject ?? '' };
  });
}

function named({ subject }: { readonly subject: string }): string {
  return `That of ${/^CN=(.{1,60})/m.exec(subject)?.[1] ?? 'somebody'}`;
}

function ofDates({ what, isNeeded, notBefore, notAfter }: Given, now: number): Finding[] {
  const grave = isNeeded ? fault : warning;
  const days = Math.floor((notAfter.getTime() - now) / DAY_MS);
  if (notBefore.getTime() > now) {
    const says = `${what} is valid from ${day(notBefore)} only.`;
    const mend = 'Use the one before it until then, or compare the clock.';
    return [grave(SUBJECT, diagnosis('CERTIFICATE_NOT_YET_VALID', says, mend))];
  }
  if (days < 0) {
    const says = `${what} ended on ${day(notAfter)}.`;
    return [grave(SUBJECT, diagnosis('CERTIFICATE_EXPIRED', says, 'Have it renewed, or take it out.'))];
  }
  if (days >= NOTICE_DAYS) return [];
  const says = `${what} ends on ${day(notAfter)}, in ${days} days.`;
  return [
    warning(
      SUBJECT,
      diagnosis('CERTIFICATE_ENDS_SOON', says, 'Have it renewed; it is replaced while the gateway runs.'),
    ),
  ];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
