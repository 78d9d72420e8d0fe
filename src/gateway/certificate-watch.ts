/** Looks every day at the certificates in use, and tells before they end. One that has ended is no fault: MDES may still hold its key. */
import type { UsedCertificate } from '../config/keys/used-certificates.js';
import type { Clock } from '../domain/clock.js';
import type { Logger } from '../observability/logger.js';
import {
  certificateAboutToEnd,
  certificateEndsSoon,
  certificateNotYetValid,
} from '../observability/setting-events.js';
import type { Reading } from '../observability/telemetry.js';

const DAY_MS = 86_400_000;
/** Days before the end; from the third on it is told every day. */
const MILESTONES = [60, 30, 7, 1, 0];
const WEEK = 7;

interface CertificateWatchDeps {
  readonly certificates: () => readonly UsedCertificate[];
  readonly clock: Clock;
  readonly log: Logger;
}

export class CertificateWatch {
  readonly #deps: CertificateWatchDeps;
  readonly #timer: NodeJS.Timeout;
  /** Of each certificate, by when it ends: which milestone was told last. */
  readonly #told = new Map<string, number>();

  /** Looks at once. */
  constructor(deps: CertificateWatchDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.look(), DAY_MS).unref();
    this.look();
  }

  look(): void {
    for (const one of this.#deps.certificates()) this.#lookAt(one);
  }

  get reading(): Reading {
    return {
      name: 'certificate_days_left',
      help: "Days until a certificate ends: Mastercard's for encryption, that beside our signing key, those that we show in TLS; negative once it has.",
      labelNames: ['certificate'],
      read: () =>
        this.#deps
          .certificates()
          .map(({ name, notAfter }) => [{ certificate: name }, this.#daysTo(notAfter)] as const),
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAt({ name: certificate, notBefore, notAfter }: UsedCertificate): void {
    const { log } = this.#deps;
    if (this.#daysTo(notBefore) > 0) certificateNotYetValid(log, { certificate, validFrom: notBefore });
    const days = this.#daysTo(notAfter);
    const milestone = MILESTONES.filter((one) => days <= one).at(-1);
    if (milestone === undefined) return;
    const key = `${certificate} ${notAfter.getTime()}`;
    if (milestone > WEEK && this.#told.get(key) === milestone) return;
    this.#told.set(key, milestone);
    const event = { certificate, expiresAt: notAfter, daysLeft: Math.floor(days) };
    if (milestone > WEEK) certificateEndsSoon(log, event);
    else certificateAboutToEnd(log, event);
  }

  #daysTo(date: Date): number {
    return (date.getTime() - this.#deps.clock.now()) / DAY_MS;
  }
}
