/** The settings of how account holders and digitization data go over to token requestors, and come back. */
import { type CallbackRule, parseCallbackRule } from '../domain/callback-allowlist.js';
import { type HandOffProfiles, parseHandOffProfiles } from '../domain/hand-off-profile.js';
import { readTextFile } from './env.js';
import type { SettingReader } from './setting-reader.js';

export function readCallbackAllowlist(reader: SettingReader): CallbackRule[] | null {
  const list = reader.list('CALLBACK_ALLOWLIST');
  if (list === null) return null;
  const rules = list.map(parseCallbackRule);
  if (rules.includes(undefined)) {
    reader.fault(
      'CALLBACK_ALLOWLIST must list URLs like https://www.bank.example/cards/ or app schemes like moonbank://, comma-separated; direct: before one keeps us out of the way back.',
    );
  }
  return rules.filter((rule) => rule !== undefined);
}

/** The file's path; the JSON itself, or HAND_OFF_PROFILES_FILE, does as well. null: not set. */
export function readHandOffProfiles(reader: SettingReader): HandOffProfiles | null {
  const setting = reader.text('HAND_OFF_PROFILES');
  if (setting === null) return null;
  try {
    return parseHandOffProfiles(setting.startsWith('{') ? setting : readTextFile(setting));
  } catch (error) {
    const why = error instanceof Error && error.message !== '' ? error.message : 'it cannot be read';
    reader.fault(`HAND_OFF_PROFILES must name a JSON file of hand-off profiles: ${why}.`);
    return new Map();
  }
}
