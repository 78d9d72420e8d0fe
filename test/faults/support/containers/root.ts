/** A program in a file system, a process space and a network of its own, as in a container: this machine's own files lie below. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Mount {
  /** A folder of this machine; null: memory. */
  readonly source: string | null;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Program {
  /** A folder of its own, for what holds it together. */
  readonly home: string;
  /** What lies over this machine's files: whatever it writes is there. */
  readonly upper: string;
  /** Whether it may write nowhere but into mounts. */
  readonly readOnly: boolean;
  readonly mounts?: readonly Mount[];
  /** Instead of those of this machine. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whose network it is in; absent: this machine's. */
  readonly network?: Network;
  readonly user?: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

const ENTER = `set -e
mount -t overlay overlay -o "$OVERLAY" "$ROOT"
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
echo "$MOUNTS" | while read -r source target mode; do
  if [ -z "$source" ]; then continue; fi
  if [ "$source" = tmpfs ]; then mount -t tmpfs tmpfs "$ROOT$target"; else mount --bind "$source" "$ROOT$target"; fi
  if [ "$mode" = ro ]; then mount -o remount,bind,ro "$ROOT$target"; fi
done
if [ "$MODE" = ro ]; then mount -o remount,bind,ro "$ROOT"; fi
exec setpriv --no-new-privs chroot --userspec="$WHO" "$ROOT" env -i -C "$DIR" "$@"`;

/** Whether this machine lets anybody do so. */
export function canIsolate(): boolean {
  return process.getuid?.() === 0 && spawnSync('unshare', ['-m', '-n', '-p', '-f', 'true']).status === 0;
}

export function startIn(program: Program): ChildProcess {
  const { home, upper, readOnly, mounts = [], files = {}, network, user = '0:0', workdir } = program;
  const [root, work] = [join(home, 'root'), join(home, 'work')];
  const points = mounts.map(({ target }) => join(upper, target));
  for (const folder of [root, work, upper, ...points]) mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(upper, path)), { recursive: true });
    writeFileSync(join(upper, path), text);
  }
  const environment = Object.entries(program.environment).map(([name, value]) => `${name}=${value}`);
  const isolated = ['unshare', '-m', '-p', '-f', '--kill-child', 'sh', '-c', ENTER, 'sh'];
  const entered = network === undefined ? [] : ['nsenter', '-t', String(network.pid), '-n'];
  const [command = '', ...args] = [...entered, ...isolated, ...environment, ...program.command];
  return spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ROOT: root,
      OVERLAY: `lowerdir=/,upperdir=${upper},workdir=${work}`,
      MODE: readOnly ? 'ro' : 'rw',
      MOUNTS: mounts
        .map(({ source, target, readOnly }) => `${source ?? 'tmpfs'} ${target} ${readOnly ? 'ro' : 'rw'}`)
        .join('\n'),
      WHO: user,
      DIR: workdir,
    },
  });
}

/** As this machine counts it: process 1 of the space that it was started in. */
export function innerProcess({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return children === '' ? undefined : Number(children.split(' ')[0]);
}

/** A network that reaches nothing else, with an address for each name. */
export class Network {
  readonly #holder: ChildProcess;
  readonly hosts: string;

  private constructor(names: readonly string[]) {
    const addresses = names.map((name, index) => [`10.77.0.${index + 2}`, name] as const);
    const adding = addresses.map(([address]) => `ip addr add ${address}/32 dev lo`).join('\n');
    const script = `ip link set lo up\n${adding}\necho up\nexec sleep infinity`;
    this.#holder = spawn('unshare', ['-n', 'sh', '-c', script]);
    this.hosts = `127.0.0.1 localhost\n${addresses.map((pair) => `${pair.join(' ')}\n`).join('')}`;
  }

  /** Resolves once it is up: before, whoever entered it would be in this machine's own. */
  static async start(names: readonly string[] = []): Promise<Network> {
    const network = new Network(names);
    await once(network.#holder.stdout ?? network.#holder, 'data');
    return network;
  }

  get pid(): number {
    return this.#holder.pid ?? 0;
  }

  close(): void {
    this.#holder.kill('SIGKILL');
  }
}
