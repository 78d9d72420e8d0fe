/** Whether a token that is bound to a key or a certificate (`cnf`, RFC 7800) comes from whoever has it. */
import type { ClientAddresses } from '../../client-address.js';
import { shown, TokenRefused } from '../refusal-reason.js';
import type { Presented, TokenRequest } from '../token-request.js';
import { certificateThumbprint } from './client-certificate.js';
import { DpopProofs } from './dpop-proofs.js';
import type { ProofMemory } from './seen-proofs.js';

/** Thumbprints; null: bound to none. */
export interface Confirmation {
  readonly key: string | null;
  readonly certificate: string | null;
}

interface BoundToken {
  readonly accountHolder: string;
  /** null: it is anybody's who has it. */
  readonly confirmation: Confirmation | null;
}

interface PossessionDeps {
  /** The URL that clients see, without trailing slash. */
  readonly publicUrl: () => string;
  readonly isProxy: ClientAddresses['isProxy'];
  readonly proofs: ProofMemory;
}

const OF_KEY = 'jkt';
const OF_CERTIFICATE = 'x5t#S256';
const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/** null for a token of anybody who has it. @throws TokenRefused for what cannot be checked */
export function readConfirmation(cnf: unknown): Confirmation | null {
  if (cnf === undefined) return null;
  const members = typeof cnf === 'object' && cnf !== null && !Array.isArray(cnf) ? Object.entries(cnf) : [];
  const isKnown = members.every(
    ([name, value]) =>
      (name === OF_KEY || name === OF_CERTIFICATE) && typeof value === 'string' && THUMBPRINT.test(value),
  );
  if (members.length === 0 || !isKnown) {
    throw new TokenRefused('CONFIRMATION_UNKNOWN', { found: shown(members.map(([name]) => name).join()) });
  }
  const found = new Map<string, string>(members);
  return { key: found.get(OF_KEY) ?? null, certificate: found.get(OF_CERTIFICATE) ?? null };
}

export class Possession {
  readonly #deps: PossessionDeps;
  readonly #certificateHeader: string | null;
  readonly #proofs: DpopProofs;

  /** @param certificateHeader null: no proxy passes certificates on */
  constructor(deps: PossessionDeps, certificateHeader: string | null) {
    this.#deps = deps;
    this.#certificateHeader = certificateHeader;
    this.#proofs = new DpopProofs(deps.proofs);
  }

  /** @throws TokenRefused */
  async require(
    { accountHolder, confirmation }: BoundToken,
    { scheme, token }: Presented,
    request: TokenRequest,
  ): Promise<void> {
    const key = confirmation?.key ?? null;
    if (key === null && scheme === 'DPOP') throw new TokenRefused('UNBOUND_TOKEN_AS_DPOP');
    if (key !== null && scheme === 'BEARER') throw new TokenRefused('BOUND_TOKEN_AS_BEARER');
    const certificate = confirmation?.certificate ?? null;
    if (certificate !== null) this.#requireCertificate(certificate, request);
    if (key === null) return;
    const { method, path } = request;
    const url = this.#deps.publicUrl() + path;
    await this.#proofs.require(request.header('dpop'), {
      thumbprint: key,
      token,
      accountHolder,
      method,
      url,
    });
  }

  #requireCertificate(thumbprint: string, request: TokenRequest): void {
    const name = this.#certificateHeader;
    if (name === null) {
      throw new TokenRefused('CERTIFICATE_MISSING', { because: 'AUTH_CLIENT_CERT_HEADER is not set' });
    }
    if (!this.#deps.isProxy(request.peer)) {
      throw new TokenRefused('CERTIFICATE_MISSING', { because: 'it does not come from TRUSTED_PROXIES' });
    }
    const [value, ...others] = request.header(name);
    if (value === undefined || others.length > 0) {
      const because = value === undefined ? 'no header' : 'two headers';
      throw new TokenRefused('CERTIFICATE_MISSING', { because });
    }
    const found = certificateThumbprint(value);
    if (found === undefined) throw new TokenRefused('CERTIFICATE_MISSING', { because: 'no certificate' });
    if (found !== thumbprint) throw new TokenRefused('CERTIFICATE_DIFFERS');
  }
}
