/** One function per event of the settings while the process runs: read anew, or not; certificates that end. */
import type { Logger } from './logger.js';

/** @param changed names, never values */
export function settingsReloaded(
  log: Logger,
  changed: readonly string[],
  encryptionFingerprint: string | null,
): void {
  log.info(
    { event: 'settings.reloaded', changed, encryptionFingerprint },
    'settings were read anew, and are in use',
  );
}

/** What was in use stays so, all of it. */
export function settingsNotReloaded(log: Logger, faults: readonly string[]): void {
  log.error(
    { event: 'settings.not-reloaded', faults },
    'settings could not be taken over: what was in use stays, all of it',
  );
}

interface CertificateEvent {
  /** `encryption` is Mastercard's, `signing` that of our signing key, `…-client` what we show in TLS. */
  readonly certificate: string;
  readonly expiresAt: Date;
  readonly daysLeft: number;
}

export function certificateEndsSoon(log: Logger, event: CertificateEvent): void {
  log.warn({ event: 'certificate.ends-soon', ...event }, 'a certificate ends within 60 days');
}

export function certificateAboutToEnd(log: Logger, event: CertificateEvent): void {
  log.error(
    { event: 'certificate.about-to-end', ...event },
    'a certificate ends within a week, or has ended',
  );
}

export function certificateNotYetValid(
  log: Logger,
  event: { readonly certificate: CertificateEvent['certificate']; readonly validFrom: Date },
): void {
  log.error(
    { event: 'certificate.not-yet-valid', ...event },
    'a certificate is not valid yet, or our clock is behind',
  );
}
