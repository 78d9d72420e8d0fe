/** A bank's own authority, the certificates that it has signed, and files of them for servers that read files. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { A_DAY_MS, certify, type TlsIdentity } from '../../faults/support/mdes/certificates.js';

const YEAR_MS = 365 * A_DAY_MS;

export class BankAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bank-authority-'));
  readonly #own = certify({ host: 'Bank', endsInMs: YEAR_MS, isAuthority: true });

  constructor() {
    chmodSync(this.#folder, 0o755);
  }

  get cert(): string {
    return this.#own.cert;
  }

  certificate(host: string, endsInMs = YEAR_MS, beginsInMs = -2 * A_DAY_MS): TlsIdentity {
    return certify({ host, endsInMs, beginsInMs, issuer: this.#own });
  }

  /** Where it lies, to be read by anybody. */
  file(name: string, content: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

export interface Shown {
  readonly ca?: string;
  readonly identity?: TlsIdentity | undefined;
}

/** The settings by which a destination is entered. */
export function tlsEnvironment(
  to: 'MDES' | 'CARD_VAULT' | 'AUTH_JWKS' | 'CACHE' | 'LEDGER',
  { ca, identity }: Shown,
): Record<string, string> {
  return {
    ...(ca !== undefined && { [`${to}_TLS_CA`]: ca }),
    ...(identity !== undefined && {
      [`${to}_TLS_CERTIFICATE`]: identity.cert,
      [`${to}_TLS_KEY`]: identity.key,
    }),
  };
}
