/** What may be replaced while the process runs: whoever uses it looks each time, and what is under way goes on with what it has. */
import type { Config } from '../config/config.js';
import { type UsedCertificate, usedCertificates } from '../config/keys/used-certificates.js';
import type { MdesIdentity } from '../config/mdes-identity.js';
import { demoCallbackRules } from '../domain/callback-allowlist.js';
import { demoHandOffProfiles } from '../domain/hand-off-profile.js';
import { type Outward, type TlsSettings, USUAL_TLS } from '../domain/network/outward.js';
import type { Secret } from '../domain/secret.js';
import type { IssuerSettings } from '../issuer.js';

export interface LiveSettings extends IssuerSettings {
  /** null: as the default is. */
  readonly corsOrigins: readonly string[] | null;
  readonly certificates: readonly UsedCertificate[];
  /** For connections from now on; that of MDES is in its identity. */
  readonly tls: Readonly<Record<'cardStore' | 'keySet' | 'cache' | 'ledger', TlsSettings>>;
}

/** What is not configured is embedded, or there is none. */
interface Embedded {
  readonly identity: MdesIdentity | null;
  readonly cardStoreToken: Secret<string> | null;
  readonly isEmbedded: boolean;
}

export function liveSettings(config: Config, embedded: Embedded): LiveSettings {
  const { isEmbedded } = embedded;
  const identity = required(config.mdes.identity ?? embedded.identity);
  const demoProfiles = () => (isEmbedded ? demoHandOffProfiles(identity.baseUrl) : new Map());
  return {
    identity,
    cardStoreToken: required(config.cardStore?.token ?? embedded.cardStoreToken),
    callbackRules: config.callbackAllowlist ?? (isEmbedded ? demoCallbackRules : []),
    handOffProfiles: config.handOffProfiles ?? demoProfiles(),
    corsOrigins: config.corsOrigins,
    certificates: usedCertificates(config),
    tls: {
      cardStore: config.cardStore?.outward?.tls ?? USUAL_TLS,
      keySet: config.auth?.outward?.tls ?? USUAL_TLS,
      cache: config.cache?.tls ?? USUAL_TLS,
      ledger: config.ledger.tls,
    },
  };
}

export function required<T>(part: T | null): T {
  if (part === null) throw new TypeError('a part is neither configured nor embedded');
  return part;
}

/** A way that is as the settings say when a connection is made. */
export function liveOutward(outward: Outward | undefined, tls: () => TlsSettings): Outward {
  return {
    proxy: outward?.proxy ?? null,
    get tls() {
      return tls();
    },
  };
}
