/** Where embedded parts may run: simulator, demo accounts and demo sign-in are for one developer's machine. */
import { isLoopbackHost } from '../domain/loopback.js';
import type { MdesIdentity } from './mdes-identity.js';
import type { SettingReader } from './setting-reader.js';

/** What of a configuration decides it: a part that is null is embedded. */
interface Parts {
  readonly host: string;
  readonly mdes: MdesIdentity | null;
  readonly cardStore: object | null;
  readonly auth: object | null;
}

/** Whether any part runs inside this process: simulator, demo accounts or demo sign-in. */
export function hasEmbeddedParts(config: Parts): boolean {
  return config.mdes === null || config.cardStore === null || config.auth === null;
}

/** Notes a fault for every embedded part where it must not run; never by NODE_ENV alone. */
export function checkEmbeddedParts(config: Parts, reader: SettingReader): void {
  const embedded: string[] = [];
  if (config.mdes === null && !reader.has('MDES_BASE_URL')) {
    embedded.push('the MDES simulator (set MDES_BASE_URL and the other MDES_ settings)');
  }
  if (config.cardStore === null && !reader.has('CARD_VAULT_URL')) {
    embedded.push('the demo accounts (set CARD_VAULT_URL and CARD_VAULT_TOKEN)');
  }
  if (config.auth === null && !reader.has('AUTH_ISSUER')) {
    embedded.push('the demo sign-in (set AUTH_ISSUER, AUTH_AUDIENCE and AUTH_JWKS_URL)');
  }
  for (const part of embedded) {
    if (reader.text('NODE_ENV') === 'production') {
      reader.fault(`NODE_ENV is production: there is no place for ${part}.`);
    } else if (!isLoopbackHost(config.host)) {
      reader.fault(`HOST is not this machine alone: others could reach ${part}. Or set HOST to 127.0.0.1.`);
    } else if (
      config.mdes !== null &&
      !isLoopbackHost(new URL(config.mdes.baseUrl).hostname) &&
      !part.includes('simulator')
    ) {
      reader.fault(`MDES_BASE_URL is a real MDES: there is no place for ${part}.`);
    }
  }
}
