/** Looks at a whole configuration, part by part, with the gateway's own code, and changes nothing that lasts. */
import { type Config, ConfigurationError, readConfig } from '../config/config.js';
import { type Clock, systemClock } from '../domain/clock.js';
import type { Secret } from '../domain/secret.js';
import { lookAtToken } from './access-token.js';
import { lookAtCallback } from './callback-route.js';
import { lookAtCardStore } from './card-store.js';
import { lookAtGivenCertificates } from './certificate-dates.js';
import { type Finding, fault, skipped, well } from './finding.js';
import { lookAtKeySet } from './key-set.js';
import { lookedAtAgain } from './look-again.js';
import { lookAtMdes } from './mdes/calls.js';
import { lookAtCertificate } from './mdes/encryption-certificate.js';
import { lookAtLedger } from './push-ledger.js';
import { lookAtRedis } from './redis.js';

export interface ToExamine {
  /** The process's own unless told otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** null: none was given. */
  readonly token: Secret<string> | null;
  readonly clock?: Clock;
}

export async function examine({
  environment,
  token,
  clock = systemClock,
}: ToExamine): Promise<readonly Finding[]> {
  const config = await settingsOf(environment);
  if (config instanceof ConfigurationError) return config.faults.map(ofSetting);
  const looked = token === null ? null : await lookAtToken(config, token, clock);
  const holder = { accountHolder: looked?.accountHolder ?? null, accountRanges: config.accountRanges };
  const parts = await Promise.all([
    lookAtGivenCertificates(config, clock.now()),
    lookAtMdesOf(config, clock),
    lookAtKeySet(config.auth).then((one) => [one]),
    looked?.findings ?? [],
    lookAtCardStore(config.cardStore, holder).then((one) => [one]),
    lookAtRedis(config).then((one) => [one]),
    lookAtLedger(config),
    lookAtCallback(config).then((one) => [one]),
  ]);
  const settings = [well('settings', 'Each is well formed, and they fit together.'), ...ofRules(config)];
  return [...settings, ...(await lookedAtAgain(parts.flat(), config))];
}

/** All that the gateway itself looks at before it starts. */
async function settingsOf(environment: ToExamine['environment']): Promise<Config | ConfigurationError> {
  try {
    const config = await readConfig(environment);
    const { mode, manifests } = config.trustedDocuments;
    if (mode === 'off') return config;
    const faults: string[] = [];
    const { buildGatewaySchema } = await import('../schema/build-schema.js');
    const { TrustedDocuments } = await import('../server/trusted-documents/trusted-documents.js');
    new TrustedDocuments(await buildGatewaySchema(), manifests, faults);
    return faults.length === 0 ? config : new ConfigurationError(faults);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

function ofRules({ isProduction }: Config): Finding[] {
  return isProduction
    ? []
    : [
        skipped(
          'settings',
          'What production asks for was not: for that set NODE_ENV=production, as the image does.',
        ),
      ];
}

/** Its first word is the setting's name; the sentence says what to mend. */
function ofSetting(said: string, index: number, { length }: readonly string[]): Finding {
  const isLast = index === length - 1;
  const mend = isLast ? 'Nothing else was looked at: mend the settings first.' : null;
  return fault('settings', { code: 'SETTING', says: said, mend });
}

async function lookAtMdesOf({ mdes, accountRanges }: Config, clock: Clock): Promise<Finding[]> {
  const { identity, certificates } = mdes;
  const certificate = certificates.encryption;
  if (identity === null || certificate === null)
    return [skipped('MDES', 'The embedded simulator stands in for it.')];
  return [
    ...lookAtCertificate(certificate, identity.encryptionFingerprint, clock.now()),
    ...(await lookAtMdes({ identity, certificate, accountRanges: accountRanges ?? [] }, clock)),
  ];
}
