/** Reads the configuration anew while the process runs: all that has changed is taken over, or nothing. */
import { type Config, ConfigurationError } from '../config/config.js';
import { REPLACEABLE, type SettingName } from '../config/settings.js';
import type { Secret } from '../domain/secret.js';
import { parseUrl } from '../domain/url.js';
import type { Logger, LogLevel } from '../observability/logger.js';
import { settingsNotReloaded, settingsReloaded } from '../observability/setting-events.js';

interface ReloadDeps {
  /** Cannot fail, or others would have what this one has not. */
  readonly takeOver: (config: Config) => void;
  readonly changeLevel: (level: LogLevel) => void;
  readonly log: Logger;
}

export class Reload {
  readonly #deps: ReloadDeps;
  #config: Config;
  #last: Promise<void> = Promise.resolve();

  constructor(deps: ReloadDeps, config: Config) {
    this.#deps = deps;
    this.#config = config;
  }

  /** One after the other. */
  run(read: () => Promise<Config>): Promise<void> {
    this.#last = this.#last.then(() => this.#run(read));
    return this.#last;
  }

  async #run(read: () => Promise<Config>): Promise<void> {
    const { takeOver, changeLevel, log } = this.#deps;
    let next: Config;
    try {
      next = await read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) log.error({ err: error }, 'internal error');
      settingsNotReloaded(log, error instanceof ConfigurationError ? error.faults : []);
      return;
    }
    const changed = changedSettings(this.#config, next);
    const fixed = changed.filter((name) => !isReplaceable(name, this.#config, next));
    if (fixed.length > 0) {
      settingsNotReloaded(
        log,
        fixed.map((name) => `${name} has changed: restart the gateway.`),
      );
      return;
    }
    takeOver(next);
    // What an operator has set meanwhile stays, unless this is set anew.
    if (next.logLevel !== this.#config.logLevel) changeLevel(next.logLevel);
    this.#config = next;
    settingsReloaded(log, changed, next.mdes.identity?.encryptionFingerprint ?? null);
  }
}

function changedSettings(before: Config, after: Config): SettingName[] {
  const names = new Set([...before.settings.keys(), ...after.settings.keys()]);
  const changed = [...names].filter((name) => {
    const [old, fresh] = [before, after].map(({ settings }) => settings.get(name)?.reveal());
    return old === undefined || fresh === undefined || !old.equals(fresh);
  });
  const profiles = 'HAND_OFF_PROFILES';
  const [old, fresh] = [before, after].map(({ handOffProfiles }) =>
    JSON.stringify([...(handOffProfiles ?? [])]),
  );
  return old === fresh || changed.includes(profiles) ? changed : [...changed, profiles];
}

function isReplaceable(name: SettingName, before: Config, after: Config): boolean {
  if (name === 'LEDGER_URL') return isSameDatabase(before.ledger.url, after.ledger.url);
  return REPLACEABLE.has(name);
}

/** But for who logs in, and by which password. */
function isSameDatabase(one: Secret<string> | null, other: Secret<string> | null): boolean {
  const [here, there] = [one, other].map((url) => parseUrl(url?.reveal() ?? ''));
  for (const url of [here, there]) {
    if (url === undefined) return false;
    url.username = '';
    url.password = '';
  }
  return here?.href === there?.href;
}
