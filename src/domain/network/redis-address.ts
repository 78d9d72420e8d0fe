/** Where a Redis is: one server, whichever Sentinels name, or a cluster; and how a URL says so. */

import { Secret } from '../secret.js';
import { parseUrl } from '../url.js';
import type { TlsSettings } from './outward.js';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

export interface Credentials {
  /** null: the default user. */
  readonly user: string | null;
  readonly password: Secret<string> | null;
}

export interface RedisAddress {
  readonly kind: 'SERVER' | 'SENTINEL' | 'CLUSTER';
  readonly encrypted: boolean;
  /** One server; the Sentinels; some nodes of the cluster. */
  readonly hosts: readonly HostAndPort[];
  readonly credentials: Credentials;
  readonly database: number;
  /** What Sentinels call the primary; of others empty. */
  readonly primary: string;
}

/** A Redis as it is configured. */
export interface RedisSettings {
  /** It may hold a password. */
  readonly url: Secret<string>;
  /** Of encrypted URLs, looked at for each connection; absent: the usual authorities are trusted. */
  readonly tls?: TlsSettings;
  /** Sentinels have users of their own; absent: they ask for no password. */
  readonly sentinel?: Credentials;
}

const FORM = /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(?:(.*)@)?([^@/]+)(\/.*)?$/;
const PATHS = {
  SERVER: /^\/?(\d{0,5})$/,
  SENTINEL: /^\/([A-Za-z0-9._-]+)(?:\/(\d{0,5}))?$/,
  CLUSTER: /^\/?$/,
};
const PORTS = { SERVER: 6379, SENTINEL: 26_379, CLUSTER: 6379 };

/** undefined: it is no such URL. Parameters and fragments belong to none. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  const [, tls, setUp, login = '', listed = '', path = ''] = FORM.exec(text) ?? [];
  const kind = setUp === 'sentinel' ? 'SENTINEL' : setUp === 'cluster' ? 'CLUSTER' : 'SERVER';
  const hosts = listed.split(',').map((host) => hostAndPort(host, PORTS[kind]));
  const known = hosts.filter((host) => host !== undefined);
  const said = PATHS[kind].exec(path);
  if (tls === undefined || said === null || known.length !== hosts.length) return undefined;
  if (kind === 'SERVER' && hosts.length > 1) return undefined;
  const [, first = '', second = ''] = said;
  return {
    kind,
    encrypted: tls === 's',
    hosts: known,
    credentials: credentialsIn(login),
    database: Number(kind === 'SENTINEL' ? second : first),
    primary: kind === 'SENTINEL' ? first : '',
  };
}

/** The URL as `URL` can read it, which knows one host: for what is wrong with its other parts. */
export function withOneHost(text: string): URL | undefined {
  return parseUrl(text.replace(/(:\/\/(?:[^/?#]*@)?[^/?#,@]+),[^/?#]*/, '$1'));
}

function hostAndPort(text: string, usual: number): HostAndPort | undefined {
  const url = parseUrl(`redis://${text}`);
  if (url === undefined || url.host !== text || url.hostname === '') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? usual : Number(url.port) };
}

function credentialsIn(login: string): Credentials {
  const [, user = '', password] = /^([^:]*)(?::(.*))?$/s.exec(login) ?? [];
  return {
    user: user === '' ? null : decodeURIComponent(user),
    password: password === undefined ? null : new Secret(decodeURIComponent(password)),
  };
}
