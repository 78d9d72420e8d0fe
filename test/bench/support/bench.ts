/** What the workloads run on: started when it is first wanted, ended with the row or with the whole run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../workload.js';
import { type Home, startHome } from './home.js';
import { Keeper } from './keeper.js';
import { Load } from './load/load.js';
import type { Answer } from './load/requests.js';
import { CONNECTIONS } from './measure.js';
import { type CpuProfile, profileTable } from './profile-groups.js';
import { Peers } from './servers/peers.js';
import type { Server } from './servers/server.js';
import { cpuMsOf, mainCpuMsOf } from './servers/vitals.js';
import { SignIn } from './sign-in.js';

const PROFILE_SECONDS = 4;

export class Bench {
  readonly #run = new Keeper();
  #home: Promise<Home> | undefined;
  #peers: Peers | undefined;
  #files = 0;
  /** Of the row that runs. */
  row = new Keeper();

  static async start({ profiles }: { readonly profiles: boolean }): Promise<Bench> {
    const folder = mkdtempSync(join(tmpdir(), 'token-connect-bench-'));
    const bench = new Bench(folder, new Load(), await SignIn.start(), profiles);
    await bench.#run.owns(() => rmSync(folder, { recursive: true }));
    await bench.#run.owns(() => bench.signIn.issuer.close());
    await bench.#run.owns(() => bench.load.process.kill());
    return bench;
  }

  private constructor(
    readonly folder: string,
    readonly load: Load,
    readonly signIn: SignIn,
    readonly profiles: boolean,
  ) {}

  home(): Promise<Home> {
    this.#home ??= startHome(this.#run, this.signIn, this.folder).catch((error: unknown) => {
      // The next row tries again.
      this.#home = undefined;
      throw error;
    });
    return this.#home;
  }

  /** @throws when they are not there and cannot be installed */
  peers(): Peers {
    this.#peers ??= Peers.install();
    return this.#peers;
  }

  /** The path of a file that ends with the run. */
  file(value: unknown): string {
    this.#files += 1;
    const path = join(this.folder, `${this.#files}.json`);
    writeFileSync(path, JSON.stringify(value));
    return path;
  }

  /** For the bare server. */
  answerFile({ contentType, bytes }: Answer): string {
    return this.file({ contentType, base64: bytes.toString('base64') });
  }

  /** Empty where no profiles are wanted. */
  async profileOf(title: string, server: Server, work: () => Promise<unknown>): Promise<readonly Table[]> {
    if (!this.profiles) return [];
    await server.process.ask('startProfile');
    const { pid } = server.process;
    const [all, main] = [cpuMsOf(pid), mainCpuMsOf(pid)];
    await work();
    const elsewhere = 1 - (mainCpuMsOf(pid) - main) / (cpuMsOf(pid) - all);
    const profile = await server.process.ask<CpuProfile>('stopProfile');
    return [profileTable(title, profile, elsewhere)];
  }

  /** Under as much load as fits. */
  profileUnderLoad(title: string, server: Server, prepared: string): Promise<readonly Table[]> {
    const plan = { port: server.port, prepared, connections: CONNECTIONS, seconds: PROFILE_SECONDS };
    return this.profileOf(title, server, () => this.load.closed(plan));
  }

  async endRow(): Promise<void> {
    await this.row.close();
    this.row = new Keeper();
  }

  async close(): Promise<void> {
    await this.row.close();
    await this.#run.close();
  }
}
