/** Lists in which a `*` would stand for itself alone, whatever its writer meant. */
import type { SettingReader } from '../setting-reader.js';

const LISTS = ['CORS_ORIGINS', 'CALLBACK_ALLOWLIST', 'AUTH_CLIENTS', 'AUTH_AUDIENCE'] as const;

export function checkWildcards(reader: SettingReader): void {
  for (const name of LISTS) {
    if (!(reader.list(name) ?? []).some((entry) => entry.includes('*'))) continue;
    reader.fault(`${name} holds a *, and takes no wildcards: list each by its whole name.`);
  }
}
