/** On what it was measured. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { postgresProgram } from '../../support/postgres-server.js';
import { ROOT } from '../support/root.js';
import type { Peers } from '../support/servers/peers.js';
import { CORES } from '../support/servers/pinned-process.js';

const PEER_PACKAGES = [
  '@apollo/server',
  '@apollo/server-plugin-response-cache',
  'graphql-yoga',
  '@graphql-yoga/plugin-response-cache',
  'mercurius',
  'graphql-jit',
  'type-graphql',
  'fastify',
  'graphql',
  '@tailcallhq/core-linux-x64-gnu',
];

export function machineLine(): string {
  const [cpu] = cpus();
  const pinned =
    CORES === null ? 'nothing pinned' : `server on core ${CORES.server}, all else on core ${CORES.load}`;
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${memory} GB, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}; ${pinned}`;
}

/** Of the gateway as of git, of the stores, and of the peers where there are any. */
export function versionLines(peers: Peers | null): string[] {
  const gateway = `this gateway: ${said('git', ['-C', ROOT, 'describe', '--always', '--dirty'])}, graphql ${ownVersion('graphql')}`;
  const stores = `${said(postgresProgram('postgres'), ['--version'])}, ${redis()}`;
  if (peers === null) return [gateway, stores];
  return [
    gateway,
    stores,
    `peers: ${PEER_PACKAGES.map((name) => `${name} ${peers.versionOf(name)}`).join(', ')}`,
  ];
}

function redis(): string {
  const [, version = 'unknown'] = /v=(\S+)/.exec(said('redis-server', ['--version'])) ?? [];
  return `redis-server ${version}`;
}

function said(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8' }).trim();
  } catch {
    return `${program} of unknown version`;
  }
}

function ownVersion(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
