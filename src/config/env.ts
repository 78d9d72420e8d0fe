/** The only reader of the process's environment: every setting by its name, or from the file that `<NAME>_FILE` names. */
import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../domain/error-code.js';
import { unknownSettings } from './rules/unknown-settings.js';
import { SETTINGS, type SettingName } from './settings.js';

/** A setting as text, and as bytes for keys: a file's bytes as they are, a direct value PEM or else base64. */
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
const QUOTED = /^(?:"[^"]*"|'[^']*')$/;
/** One that ends in _FILE is a setting of its own. */
const NAMES: ReadonlySet<string> = new Set(SETTINGS);

/** An empty or blank value counts as none. */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const settings = new Map<SettingName, Setting>();
  const faults = unknownSettings(source);
  for (const name of SETTINGS) {
    const direct = source[name]?.trim();
    const file = NAMES.has(name + FILE_SUFFIX) ? undefined : source[name + FILE_SUFFIX]?.trim();
    if (direct && QUOTED.test(direct)) {
      faults.push(
        `${name} begins and ends with a quotation mark, which docker's env files take for a part of the value. Leave both out.`,
      );
    } else if (direct && file) {
      faults.push(`${name} and ${name}${FILE_SUFFIX} are both set. Keep one of them.`);
    } else if (direct) {
      settings.set(name, { text: direct, bytes: bytesOf(direct) });
    } else if (file) {
      try {
        const bytes = readFileSync(file);
        const text = bytes.toString('utf8').trim();
        if (text === '') faults.push(`${name}${FILE_SUFFIX} names an empty file. Put the value into it.`);
        else settings.set(name, { text, bytes });
      } catch (error) {
        faults.push(
          `${name}${FILE_SUFFIX} names a file that cannot be read (${errorCode(error)}). Check path and rights.`,
        );
      }
    }
  }
  return { settings, faults };
}

/** Secret stores and env files often hold a PEM on one line, with `\\n` for its line ends. */
function bytesOf(direct: string): Buffer {
  return direct.includes('-----BEGIN')
    ? Buffer.from(direct.replaceAll('\\n', '\n'))
    : Buffer.from(direct, 'base64');
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
