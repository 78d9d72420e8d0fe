/** The servers that the gateway is measured against, installed into a folder of their own. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../support/redis-server.js';
import type { Keeper } from '../keeper.js';
import { ROOT } from '../root.js';
import { PinnedProcess } from './pinned-process.js';
import { type Server, whenListening } from './server.js';

const SOURCES = join(ROOT, 'test/bench/peers');
const INSTALL_MS = 300_000;

export interface PeerData {
  readonly schema: string;
  /** By range, in the order of the gateway's answers. */
  readonly requestors: Readonly<Record<string, readonly unknown[]>>;
  readonly assets: Readonly<Record<string, unknown>>;
  readonly cardStore: { readonly url: string; readonly token: string };
  readonly signIn: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
}

/** Each in its best published configuration. */
const PEERS = {
  apollo: { title: 'Apollo 5 plain', file: 'apollo.mjs', environment: {} },
  'apollo-cached': {
    title: 'Apollo 5 + response cache',
    file: 'apollo.mjs',
    environment: { PEER_CACHE: 'on' },
  },
  mercurius: { title: 'Mercurius JIT', file: 'mercurius.mjs', environment: {} },
  yoga: { title: 'Yoga + response cache', file: 'yoga.mjs', environment: {} },
  typegraphql: { title: 'Apollo 5 + TypeGraphQL', file: 'typegraphql.mjs', environment: {} },
} as const;

export type PeerName = keyof typeof PEERS;

export class Peers {
  readonly #folder: string;

  /** Installs them where they are not there yet. @throws when that fails, as without a network */
  static install(): Peers {
    const lock = readFileSync(join(SOURCES, 'package-lock.json'));
    const name = createHash('sha256').update(lock).digest('hex').slice(0, 12);
    const folder = join(tmpdir(), `token-connect-bench-peers-${name}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // What lies there is run.
    if (statSync(folder).uid !== process.getuid?.()) throw new Error(`${folder} is somebody else's`);
    for (const file of readdirSync(SOURCES)) copyFileSync(join(SOURCES, file), join(folder, file));
    const done = join(folder, '.installed');
    if (!existsSync(done)) {
      console.log(`Installing the peers into ${folder}: minutes, once.`);
      const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      const { status, stderr } = spawnSync('npm', args, {
        cwd: folder,
        encoding: 'utf8',
        timeout: INSTALL_MS,
        stdio: ['ignore', 'inherit', 'pipe'],
      });
      if (status !== 0) throw new Error(`the peers could not be installed: ${stderr.slice(-300)}`);
      writeFileSync(done, '');
    }
    return new Peers(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  async start(keeper: Keeper, name: PeerName, data: string): Promise<Server> {
    const { title, file, environment } = PEERS[name];
    return startNode(keeper, title, join(this.#folder, file), { ...environment, PEER_DATA: data });
  }

  /** @param upstream where it finds what it serves @param folder for its configuration */
  async startTailcall(keeper: Keeper, upstream: string, folder: string): Promise<Server> {
    const port = await freePort();
    const configuration = readFileSync(join(this.#folder, 'tailcall.graphql'), 'utf8')
      .replace('port: 1,', `port: ${port},`)
      .replace('http://upstream.invalid', upstream);
    const file = join(folder, 'tailcall.graphql');
    writeFileSync(file, configuration);
    const program = join(this.#folder, 'node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall');
    if (!existsSync(program)) throw new Error('Tailcall is published for Linux on x64 with glibc');
    const quiet = {
      TAILCALL_TRACKER: 'false',
      TC_TRACKER: 'false',
      TAILCALL_LOG_LEVEL: 'error',
      HOME: folder,
    };
    const process = new PinnedProcess('Tailcall', 'server', [program, 'start', file], quiet);
    await keeper.owns(() => process.kill());
    const server = { name: 'Tailcall 1.0', port, process };
    await whenListening(server);
    return server;
  }

  versionOf(name: string): string {
    const file = join(this.#folder, 'node_modules', name, 'package.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : '-';
  }
}

/** Needs no package: node:http that gives these bytes. */
export function startBare(keeper: Keeper, answer: string): Promise<Server> {
  return startNode(keeper, 'bare node:http', join(SOURCES, 'bare.mjs'), { PEER_DATA: answer });
}

/** The same, once it has the headers and the body of a request before it: what whoever looks at a POST cannot do without. */
export function startReadingBare(keeper: Keeper, answer: string): Promise<Server> {
  const environment = { PEER_DATA: answer, READS: 'yes' };
  return startNode(keeper, 'node:http that reads the request', join(SOURCES, 'bare.mjs'), environment);
}

async function startNode(
  keeper: Keeper,
  name: string,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort();
  const command = [process.execPath, file];
  const started = new PinnedProcess(name, 'server', command, {
    NODE_ENV: 'production',
    PORT: String(port),
    ...environment,
  });
  await keeper.owns(() => started.kill());
  const server = { name, port, process: started };
  await whenListening(server);
  return server;
}
