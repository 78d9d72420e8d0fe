/** The only reader of the process's environment: every setting by its name, or from the file that `<NAME>_FILE` names. */
import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../domain/error-code.js';
import { decodeText } from './decode-text.js';
import { tlsFaults } from './rules/tls-rules.js';
import { unknownSettings } from './rules/unknown-settings.js';
import { SETTINGS, type SettingName } from './settings.js';

/** A setting as text, and as bytes for keys: a file's as they are. */
export interface Setting {
  readonly text: string;
  readonly bytes: Buffer;
}

export interface Environment {
  readonly settings: ReadonlyMap<SettingName, Setting>;
  /** Settings that could not be read, and names that are none, each with the mend. */
  readonly faults: readonly string[];
}

const FILE_SUFFIX = '_FILE';
/** Those of a text program too. */
const QUOTED = /^(?:"[^"]*"|'[^']*'|[“”„‘’][^“”„‘’]*[“”‘’])$/;
/** Keys and lists are far smaller. */
const LARGEST_FILE = 1_000_000;
/** One that ends in _FILE is a setting of its own. */
const NAMES: ReadonlySet<string> = new Set(SETTINGS);
/** Known to many programs, some of which look for small letters alone. */
const IN_SMALL_LETTERS: readonly SettingName[] = ['HTTPS_PROXY', 'NO_PROXY'];

/** An empty or blank value counts as none. */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const settings = new Map<SettingName, Setting>();
  const faults = [...tlsFaults(source), ...unknownSettings(source)];
  for (const name of SETTINGS) {
    const small = IN_SMALL_LETTERS.includes(name) ? source[name.toLowerCase()]?.trim() : undefined;
    const direct = source[name]?.trim() || small;
    const file = NAMES.has(name + FILE_SUFFIX) ? undefined : source[name + FILE_SUFFIX]?.trim();
    if (small && direct !== small) {
      faults.push(`${name} and ${name.toLowerCase()} are set, and differ. Keep one of them.`);
    } else if (direct && QUOTED.test(direct)) {
      faults.push(
        `${name} begins and ends with a quotation mark, which docker's env files take for a part of the value. Leave both out.`,
      );
    } else if (direct && file) {
      faults.push(`${name} and ${name}${FILE_SUFFIX} are both set. Keep one of them.`);
    } else if (direct) {
      settings.set(name, { text: direct, bytes: Buffer.from(direct) });
    } else if (file) {
      const found = settingIn(file);
      if (typeof found === 'string') faults.push(`${name}${FILE_SUFFIX} ${found}`);
      else settings.set(name, found);
    }
  }
  return { settings, faults };
}

/** The files whose contents are settings, or what settings name. */
export function settingFiles(source: Readonly<Record<string, string | undefined>> = process.env): string[] {
  const { settings } = readEnvironment(source);
  const behind = SETTINGS.flatMap((name) =>
    NAMES.has(name + FILE_SUFFIX) ? [] : (source[name + FILE_SUFFIX]?.trim() ?? []),
  );
  const profiles = settings.get('HAND_OFF_PROFILES')?.text ?? '{';
  return [...behind, ...(profiles.startsWith('{') ? [] : [profiles])].filter((path) => path !== '');
}

/** The setting, or what is wrong with its file. */
function settingIn(file: string): Setting | string {
  if (/-----BEGIN|[\r\n]/.test(file))
    return 'takes the path of a file, and holds what should be in it. Leave _FILE out.';
  try {
    if (statSync(file).size > LARGEST_FILE)
      return 'names a file of more than 1 MB. Name the file of this setting.';
    const bytes = readFileSync(file);
    const text = decodeText(bytes).trim();
    return text === '' ? 'names an empty file. Put the value into it.' : { text, bytes };
  } catch (error) {
    return `names a file that cannot be read (${errorCode(error)}). Check path and rights.`;
  }
}

/** A file that a setting names. @throws Error whose message says why it cannot be read, or that it is too large */
export function readTextFile(path: string, mostBytes = Number.POSITIVE_INFINITY): string {
  try {
    if (statSync(path).size > mostBytes) throw new TooLarge();
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof TooLarge) throw new Error(`the file is larger than ${mostBytes / 1_000_000} MB`);
    throw new Error(`the file cannot be read (${errorCode(error)})`);
  }
}

class TooLarge extends Error {}
