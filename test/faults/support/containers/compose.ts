/** Starts the services of compose.yaml as programs of this machine, each with its own command, settings, rights, volumes and name. */
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { postgresProgram } from '../../../support/postgres-server.js';
import { eventually } from '../eventually.js';
import type { ImageSettings } from './dockerfile.js';
import { type Mount, Network, startIn } from './root.js';
import { said } from './said.js';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly network_mode?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

type Said = ReturnType<typeof said>;

const PATIENCE_MS = 90_000;
const OURS = 'token-connect-gateway';
/** What the image's entrypoint does before the first start, with this machine's PostgreSQL. */
const MAKE_DATABASE = `set -e
mkdir -p /var/run/postgresql && chown postgres /var/run/postgresql "$PGDATA" && chmod 700 "$PGDATA"
cp "$POSTGRES_PASSWORD_FILE" /tmp/password && chown postgres /tmp/password
as() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
as initdb --auth-host=scram-sha-256 -U "$POSTGRES_USER" --pwfile=/tmp/password > /dev/null
echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
echo "create database $POSTGRES_DB" | as postgres --single postgres > /dev/null
exec setpriv --reuid postgres --regid postgres --clear-groups "$@" "-clisten_addresses=*"`;

export class Composed {
  readonly services: Readonly<Record<string, Service>>;
  readonly network: Network;
  readonly running = new Map<string, Said>();
  readonly #home: string;
  readonly #image: ImageSettings;

  static async start(home: string, image: ImageSettings): Promise<Composed> {
    const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
    const composed = new Composed(home, image, services, await Network.start(Object.keys(services)));
    await composed.#startAll();
    return composed;
  }

  private constructor(
    home: string,
    image: ImageSettings,
    services: Readonly<Record<string, Service>>,
    network: Network,
  ) {
    this.#home = home;
    this.#image = image;
    this.services = services;
    this.network = network;
    mkdirSync(join(home, 'nodejs/bin'), { recursive: true });
    symlinkSync(process.execPath, join(home, 'nodejs/bin/node'));
  }

  async close(): Promise<void> {
    for (const run of this.running.values()) run.kill();
    await Promise.all([...this.running.values()].map((run) => run.ended()));
    this.network.close();
  }

  /** In the order that depends_on asks for, each once those before it are well. */
  async #startAll(): Promise<void> {
    const left = new Set(Object.keys(this.services));
    while (left.size > 0) {
      const next = [...left].find((name) =>
        Object.keys(this.services[name]?.depends_on ?? {}).every((other) => !left.has(other)),
      );
      if (next === undefined) throw new Error('depends_on goes round in circles');
      left.delete(next);
      const run = this.run(next);
      this.running.set(next, run);
      const { healthcheck } = this.services[next] ?? {};
      if (next === 'secrets') await run.ended();
      else if (!(await this.#isWell(next, healthcheck?.test.slice(1) ?? this.#image.healthcheck))) {
        throw new Error(`${next} is not well: ${run.output()}`);
      }
    }
  }

  async #isWell(name: string, test: readonly string[]): Promise<boolean> {
    const healthy = async () => (await this.run(name, { command: test }).ended()).code === 0;
    return Number.isFinite(await eventually(healthy, PATIENCE_MS));
  }

  /** @param instead of what the service says, for what is run in a container of its kind */
  run(name: string, instead: { command?: readonly string[]; without?: readonly string[] } = {}): Said {
    const {
      image,
      user,
      read_only = false,
      entrypoint,
      command = [],
      environment = {},
      ...rest
    } = this.services[name] ?? { image: '' };
    const ours = image === OURS;
    const home = join(this.#home, `${name}-${instead.command === undefined ? 'itself' : 'health'}`);
    const starts = [...(entrypoint ?? (ours ? this.#image.entrypoint : [])), ...command];
    const asked = (instead.command ?? starts).map((word) => word.replaceAll('$$', '$'));
    const isDatabase =
      image.startsWith('postgres') && entrypoint === undefined && instead.command === undefined;
    const settings = {
      PATH: `${postgresProgram('initdb').replace(/\/initdb$/, '')}:${process.env['PATH']}`,
      PGDATA: '/var/lib/postgresql/data',
      ...(ours ? this.#image.environment : {}),
      ...environment,
    };
    const kept = Object.entries(settings).filter(([setting]) => !instead.without?.includes(setting));
    return said(
      startIn({
        home,
        upper: join(home, 'upper'),
        readOnly: read_only,
        mounts: this.#mounts(rest, ours),
        files: { '/etc/hosts': this.network.hosts },
        network: this.network,
        user: user === undefined || user === 'root' ? '0:0' : user,
        workdir: ours ? this.#image.workdir : '/',
        environment: Object.fromEntries(kept),
        command: isDatabase ? ['sh', '-c', MAKE_DATABASE, 'sh', ...asked] : asked,
      }),
    );
  }

  #mounts({ volumes = [], tmpfs = [] }: Pick<Service, 'volumes' | 'tmpfs'>, ours: boolean): Mount[] {
    const named = volumes.map((volume) => {
      const [name = '', target = '', mode] = volume.split(':');
      const source = join(this.#home, `volume-${name}`);
      mkdirSync(source, { recursive: true });
      return { source, target, readOnly: mode === 'ro' };
    });
    const image = [
      { source: process.cwd(), target: this.#image.workdir, readOnly: true },
      { source: join(this.#home, 'nodejs'), target: '/nodejs', readOnly: true },
    ];
    chmodSync(this.#home, 0o755);
    return [
      ...named,
      ...tmpfs.map((target) => ({ source: null, target, readOnly: false })),
      ...(ours ? image : []),
    ];
  }
}
