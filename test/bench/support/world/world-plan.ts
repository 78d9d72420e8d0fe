/** What the process that plays MDES and the card store is told. */
import type { OwnAccount } from '../../../support/issuer/own-card-store.js';

export interface WorldPlan {
  /** Of MDES: each is enabled for every range. */
  readonly requestors: number;
  /** How far away MDES is. */
  readonly delayMs: number;
  readonly accounts: readonly OwnAccount[];
  readonly cardStoreToken: string;
  /** What opens envelopes: PEM, and the certificate's fingerprint. */
  readonly encryption: { readonly privateKeyPem: string; readonly fingerprint: string };
}

export interface WorldPlace {
  readonly mdesUrl: string;
  readonly cardStoreUrl: string;
  /** Serves what `serve` has put there. */
  readonly upstreamUrl: string;
}

/** The id of a requestor, and of its logo. */
export function requestorId(number: number): string {
  return `50190${String(number).padStart(6, '0')}`;
}

export function logoId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
