/** What may be replaced while the process runs: whoever uses it looks each time, and what is under way goes on with what it has. */
import type { Config } from './config/config.js';
import type { MdesIdentity } from './config/mdes-identity.js';
import type { Certificates } from './config/mdes-settings.js';
import type { SettingName } from './config/settings.js';
import { demoCallbackRules } from './domain/callback-allowlist.js';
import { demoHandOffProfiles } from './domain/hand-off-profile.js';
import type { Secret } from './domain/secret.js';
import type { IssuerSettings } from './issuer.js';

/** Everything else is taken up by a restart. */
export const REPLACEABLE: ReadonlySet<SettingName> = new Set([
  'MDES_CONSUMER_KEY',
  'MDES_SIGNING_KEY',
  'MDES_SIGNING_KEY_PASSWORD',
  'MDES_SIGNING_KEY_ALIAS',
  'MDES_ENCRYPTION_CERTIFICATE',
  'MDES_ENCRYPTION_FINGERPRINT',
  'MDES_CIPHER_MODE',
  'MDES_OAEP_HASH',
  'CARD_VAULT_TOKEN',
  'LEDGER_URL',
  'CALLBACK_ALLOWLIST',
  'HAND_OFF_PROFILES',
  'CORS_ORIGINS',
  'LOG_LEVEL',
]);

export interface LiveSettings extends IssuerSettings {
  /** null: as the default is. */
  readonly corsOrigins: readonly string[] | null;
  readonly certificates: Certificates;
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
    certificates: config.mdes.certificates,
  };
}

export function required<T>(part: T | null): T {
  if (part === null) throw new TypeError('a part is neither configured nor embedded');
  return part;
}
