/** How a connection to somebody else is made: through which proxy, whom we trust in TLS, and what we show of ourselves. */
import type { Secret } from '../secret.js';

export interface TlsSettings {
  /** PEM, one or more: trusted in place of the usual authorities. null: those. */
  readonly ca: string | null;
  /** PEM, with the certificates between it and its authority; null: we show none. */
  readonly identity: { readonly certificate: string; readonly key: Secret<string> } | null;
}

export interface ProxySettings {
  /** http:// or https://, and it may hold a password. */
  readonly url: Secret<string>;
  /** Hosts that are reached without it, as NO_PROXY lists them. */
  readonly except: readonly string[];
}

export interface Outward {
  /** null: everybody is reached straight. */
  readonly proxy: ProxySettings | null;
  /** Looked at for each connection: it may be replaced. */
  readonly tls: TlsSettings;
}

export const USUAL_TLS: TlsSettings = { ca: null, identity: null };
export const STRAIGHT: Outward = { proxy: null, tls: USUAL_TLS };

/** As `node:tls` takes them; a certificate that nobody can check is never taken, whatever the environment says. */
export function tlsOptions({ ca, identity }: TlsSettings) {
  return {
    rejectUnauthorized: true,
    ...(ca !== null && { ca }),
    ...(identity !== null && { cert: identity.certificate, key: identity.key.reveal() }),
  };
}
