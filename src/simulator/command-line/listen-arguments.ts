/** The arguments that each service of the command line takes: where it listens, and what others call it. */
import { readFile } from 'node:fs/promises';
import { isLoopbackHost } from '../../domain/loopback.js';
import type { ListenOptions } from '../http/local-server.js';

export const LISTEN_OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-certificate': { type: 'string' },
  'tls-key': { type: 'string' },
  'public-url': { type: 'string' },
} as const;

export const LISTEN_USAGE = `  --public-url URL  what clients call and sign for, when that is not where it listens
  --host ADDRESS    where to listen, like 0.0.0.0 in a container (default 127.0.0.1); it wants the next two
  --tls-certificate FILE, --tls-key FILE
                    PEM; it then speaks https
`;

export interface ListenArguments {
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly host: string | undefined;
  readonly tlsFiles: { readonly certificate: string; readonly key: string } | undefined;
}

type Values = { readonly [name in keyof typeof LISTEN_OPTIONS]?: string | undefined };

/** What is wrong with them, in words, where something is. */
export function readListenArguments(values: Values, defaultPort: number): ListenArguments | string {
  const port = Number(values.port ?? defaultPort);
  if (!/^\d+$/.test(values.port ?? '0') || port > 65_535) return '--port must be 0 to 65535';
  const { host, 'public-url': publicUrl, 'tls-certificate': certificate, 'tls-key': key } = values;
  const problem = urlProblem('--public-url', publicUrl);
  if (problem !== undefined) return problem;
  if ((certificate === undefined) !== (key === undefined)) {
    return '--tls-certificate and --tls-key belong together';
  }
  // Tokens and account data would travel in clear.
  if (host !== undefined && !isLoopbackHost(host) && certificate === undefined) {
    return '--host other than this machine needs --tls-certificate and --tls-key';
  }
  const tlsFiles = certificate === undefined || key === undefined ? undefined : { certificate, key };
  return { port, publicUrl, host, tlsFiles };
}

export function urlProblem(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    return `${name} must be an http or https URL`;
  }
  const { search, hash, username, password } = new URL(text);
  return search + hash + username + password === ''
    ? undefined
    : `${name} must have no query, fragment or credentials`;
}

export async function listenOptions({ host, tlsFiles }: ListenArguments): Promise<ListenOptions> {
  if (tlsFiles === undefined) return host === undefined ? {} : { host };
  const [cert, key] = await Promise.all([
    readFile(tlsFiles.certificate, 'utf8'),
    readFile(tlsFiles.key, 'utf8'),
  ]);
  return { ...(host === undefined ? {} : { host }), tls: { cert, key } };
}
