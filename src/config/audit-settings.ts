/** The settings of the audit trail: where its lines go, and the keys that chain them. */
import { createHmac } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { isLoopbackHost } from '../domain/loopback.js';
import type { Secret } from '../domain/secret.js';
import { parseUrl } from '../domain/url.js';
import { type Environment, readEnvironment } from './env.js';
import { readSecretKeys } from './keys/secret-keys.js';
import { isProduction } from './rules/embedded-rules.js';
import { urlFault } from './rules/url-rules.js';
import { SettingReader } from './setting-reader.js';

export type AuditTarget =
  /** Among the lines of the log. */
  | { readonly kind: 'STDOUT' }
  | { readonly kind: 'FILE'; readonly path: string }
  /** By UDP, on this machine. */
  | { readonly kind: 'SYSLOG'; readonly host: string; readonly port: number };

export interface AuditSettings {
  /** null: off. */
  readonly target: AuditTarget | null;
  /** The first writes; empty: made up at start. */
  readonly keys: readonly Secret<Buffer>[];
  /** What the trail tells of the configuration: which settings are set, and a keyed hash that changes with any of them. */
  readonly configuration: { readonly settings: readonly string[]; readonly fingerprint: string | null };
}

const SYSLOG_PORT = 514;

export function readAuditSettings(reader: SettingReader): AuditSettings {
  const target = readTarget(reader);
  const keys = keysIn(reader);
  const [first] = keys;
  const set = reader.all();
  return {
    target,
    // Of a ledger in memory none need be set.
    keys,
    configuration: {
      settings: set.map(([name]) => name),
      fingerprint:
        first === undefined
          ? null
          : createHmac('sha256', first.reveal()).update(JSON.stringify(set)).digest('base64url').slice(0, 22),
    },
  };
}

/** All that a trail may have been chained with, and nothing else of the configuration: an auditor has no more. */
export function readAuditKeys(environment?: Readonly<Record<string, string | undefined>>): {
  readonly keys: readonly Secret<Buffer>[];
  readonly faults: readonly string[];
} {
  const found: Environment = readEnvironment(environment);
  const reader = new SettingReader({
    ...found,
    faults: found.faults.filter((fault) => /^(AUDIT|LEDGER)_KEYS/.test(fault)),
  });
  const keys = (['AUDIT_KEYS', 'LEDGER_KEYS'] as const).flatMap((name) => readSecretKeys(reader, name) ?? []);
  return { keys, faults: reader.faults };
}

function keysIn(reader: SettingReader): readonly Secret<Buffer>[] {
  return readSecretKeys(reader, 'AUDIT_KEYS') ?? readSecretKeys(reader, 'LEDGER_KEYS') ?? [];
}

function readTarget(reader: SettingReader): AuditTarget | null {
  const text = reader.text('AUDIT_LOG') ?? (isProduction(reader) ? 'stdout' : 'off');
  if (text === 'off') {
    if (isProduction(reader)) {
      reader.fault(
        'AUDIT_LOG is off: in production the audit trail cannot be switched off. Set it to stdout, file:/path or syslog://127.0.0.1:514.',
      );
    }
    return null;
  }
  if (text === 'stdout') return { kind: 'STDOUT' };
  if (text.startsWith('file:')) {
    const path = text.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
    if (!isAbsolute(path))
      reader.fault('AUDIT_LOG must name a file by its whole path, like file:/var/log/audit.log.');
    return { kind: 'FILE', path };
  }
  const url = parseUrl(text);
  if (url?.protocol !== 'syslog:' || url.hostname === '' || !/^\/?$/.test(url.pathname)) {
    reader.fault(
      'AUDIT_LOG must be stdout, file:/path, syslog://127.0.0.1:514, or off outside of production.',
    );
    return null;
  }
  const fault = urlFault(url);
  if (fault !== undefined) reader.fault(`AUDIT_LOG ${fault}`);
  if (!isLoopbackHost(url.hostname)) {
    reader.fault(
      'AUDIT_LOG names a syslog on another machine: datagrams are neither encrypted nor sure to arrive. Name a relay on this machine, like syslog://127.0.0.1:514.',
    );
  }
  return {
    kind: 'SYSLOG',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || SYSLOG_PORT),
  };
}
