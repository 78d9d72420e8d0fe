/** Where embedded parts may run: simulator, demo accounts and demo sign-in are for one developer's machine. */
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseUrl } from '../../domain/url.js';
import type { SettingReader } from '../setting-reader.js';
import type { SettingName } from '../settings.js';
import { readWorkers } from '../workers.js';

interface Part {
  readonly name: string;
  /** Set, even wrongly, the part is configured: it is never embedded in place of what somebody meant to configure. */
  readonly settings: readonly SettingName[];
  readonly mend: string;
}

const SIMULATOR: Part = {
  name: 'the MDES simulator',
  settings: ['MDES_BASE_URL'],
  mend: 'set MDES_BASE_URL and the other MDES_ settings',
};

const SIGN_IN: Part = {
  name: 'the demo sign-in',
  settings: ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'],
  mend: 'set AUTH_ISSUER, AUTH_AUDIENCE and AUTH_JWKS_URL',
};

const PARTS: readonly Part[] = [
  SIMULATOR,
  {
    name: 'the demo accounts',
    settings: ['CARD_VAULT_URL', 'CARD_VAULT_TOKEN'],
    mend: 'set CARD_VAULT_URL and CARD_VAULT_TOKEN',
  },
  SIGN_IN,
];

/** Notes a fault for every part that would be embedded where it must not run; never by NODE_ENV alone. */
export function checkEmbeddedParts(host: string, reader: SettingReader): void {
  for (const part of PARTS) {
    if (part.settings.some((setting) => reader.has(setting))) continue;
    const place = `there is no place for ${part.name} (${part.mend})`;
    if (reader.text('NODE_ENV')?.toLowerCase() === 'production') {
      reader.fault(`NODE_ENV is production: ${place}.`);
    } else if (!isLoopbackHost(host)) {
      reader.fault(`HOST is not this machine alone: ${place}. Or set HOST to 127.0.0.1.`);
    } else if (part !== SIMULATOR && meansRealMdes(reader)) {
      reader.fault(`MDES_BASE_URL is a real MDES: ${place}.`);
    } else if (readWorkers(reader) > 1) {
      // Each of them would have one of its own.
      reader.fault(`WORKERS is more than 1: ${place}. Or set WORKERS to 1.`);
    }
  }
}

/** Whether the demo sign-in issues the tokens. */
export function embedsSignIn(reader: SettingReader): boolean {
  return !SIGN_IN.settings.some((setting) => reader.has(setting));
}

/** Whether the gateway is set up for a real MDES: then nothing of the demo may stand in for what is missing. */
export function meansRealMdes(reader: SettingReader): boolean {
  const host = parseUrl(reader.text('MDES_BASE_URL') ?? '')?.hostname;
  return host !== undefined && !isLoopbackHost(host);
}

/** Whether what must not be forgotten, sent twice or asked for without limit is real. */
export function isProduction(reader: SettingReader): boolean {
  return reader.text('NODE_ENV')?.toLowerCase() === 'production' || meansRealMdes(reader);
}

/** Whether any part runs inside this process. */
export function hasEmbeddedParts(config: {
  readonly mdes: { readonly identity: object | null };
  readonly cardStore: object | null;
  readonly auth: object | null;
}): boolean {
  return config.mdes.identity === null || config.cardStore === null || config.auth === null;
}
