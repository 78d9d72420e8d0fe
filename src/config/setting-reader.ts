/** Reads single settings and collects every fault, so that an operator sees all of them at once. */
import { isLoopbackHost } from '../domain/loopback.js';
import { Secret } from '../domain/secret.js';
import { parseUrl } from '../domain/url.js';
import type { Environment, Setting } from './env.js';
import { urlFault } from './rules/url-rules.js';
import type { SettingName } from './settings.js';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

export class SettingReader {
  readonly #settings: ReadonlyMap<SettingName, Setting>;
  readonly faults: string[];

  constructor(environment: Environment) {
    this.#settings = environment.settings;
    this.faults = [...environment.faults];
  }

  has(name: SettingName): boolean {
    return this.#settings.has(name);
  }

  /** Set, or tried to be: a file that cannot be read, or a value beside a file, has its fault already. */
  isMeant(name: SettingName): boolean {
    return (
      this.has(name) ||
      this.faults.some((fault) => fault.startsWith(`${name}_FILE `) || fault.startsWith(`${name} and `))
    );
  }

  /** What is set, by name. */
  all(): [name: SettingName, text: string][] {
    const set = [...this.#settings].map(([name, { text }]): [SettingName, string] => [name, text]);
    return set.sort(([one], [other]) => (one < other ? -1 : 1));
  }

  contents(): ReadonlyMap<SettingName, Secret<Buffer>> {
    return new Map([...this.#settings].map(([name, { bytes }]) => [name, new Secret(bytes)]));
  }

  /** Each is told once, also of a setting that is read twice. */
  fault(message: string): void {
    if (!this.faults.includes(message)) this.faults.push(message);
  }

  text(name: SettingName): string | null {
    return this.#settings.get(name)?.text ?? null;
  }

  bytes(name: SettingName): Buffer | null {
    return this.#settings.get(name)?.bytes ?? null;
  }

  /** For a setting that others make necessary; `why` ends the sentence "NAME is missing: it is needed …". */
  requiredText(name: SettingName, why: string): string | null {
    return this.text(name) ?? this.#missing(name, why);
  }

  requiredBytes(name: SettingName, why: string): Buffer | null {
    return this.bytes(name) ?? this.#missing(name, why);
  }

  #missing(name: SettingName, why: string): null {
    if (!this.isMeant(name)) {
      this.fault(`${name} is missing: it is needed ${why}. Set ${name} or ${name}_FILE.`);
    }
    return null;
  }

  choice<T extends string>(name: SettingName, allowed: readonly T[]): T | null {
    const text = this.text(name);
    if (text === null) return null;
    const found = allowed.find((value) => value === text);
    if (found === undefined) this.fault(`${name} must be one of ${allowed.join(', ')}.`);
    return found ?? null;
  }

  port(name: SettingName, fallback: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
    if (port < 0 || port > 65_535) this.fault(`${name} must be a port number from 0 to 65535.`);
    return port;
  }

  /** A whole number of seconds; in milliseconds. */
  seconds(name: SettingName, fallback: number, most: number): number {
    const text = this.text(name) ?? String(fallback);
    const seconds = /^\d{1,6}$/.test(text) ? Number(text) : most + 1;
    if (seconds > most) this.fault(`${name} must be a whole number of seconds, ${most} at most.`);
    return seconds * 1000;
  }

  /** A duration like 90s, 15m, 12h or 30d, in milliseconds. */
  duration(name: SettingName, fallback: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const milliseconds = Number(count) * (UNITS.get(unit) ?? 0);
    if (milliseconds > 0) return milliseconds;
    this.fault(`${name} must be a duration like 90s, 15m, 12h or 30d.`);
    return fallback;
  }

  /** Separated by commas or line ends, as a file of many has them. */
  list(name: SettingName): string[] | null {
    const text = this.text(name);
    if (text === null) return null;
    return text
      .split(/[,\r\n]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /**
   * An http(s) URL without credentials, query and fragment; its trailing slash is dropped.
   * @param plain whether http is allowed towards other machines: only for what carries no secret
   */
  httpUrl(name: SettingName, { plain = false } = {}): string | null {
    const url = this.#url(name, plain);
    if (url === null) return null;
    if (url.search !== '') {
      this.fault(`${name} must have no query.`);
      return null;
    }
    return url.href.replace(/\/+$/, '');
  }

  /** A document's URL, kept as it is. */
  documentUrl(name: SettingName): string | null {
    return this.#url(name, false)?.href ?? null;
  }

  #url(name: SettingName, plain: boolean): URL | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = parseUrl(text);
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
      this.fault(`${name} must be a URL like https://host/path, without user name and password.`);
      return null;
    }
    const fault = urlFault(url, [...url.searchParams.keys()]);
    if (fault !== undefined) {
      this.fault(`${name} ${fault}`);
      return null;
    }
    if (url.protocol === 'http:' && !plain && !this.isPlainMeant(url.hostname)) {
      this.fault(
        `${name} must be https:// unless it is on this machine: it carries secrets. Where a mesh encrypts on the way, list its host in PLAIN_HTTP_HOSTS.`,
      );
      return null;
    }
    return url;
  }

  /** Whether http towards it needs no encryption of ours: it does not leave this machine, or the operator says so. */
  isPlainMeant(hostname: string): boolean {
    const hosts = this.list('PLAIN_HTTP_HOSTS') ?? [];
    return isLoopbackHost(hostname) || hosts.some((host) => host.toLowerCase() === hostname);
  }
}
