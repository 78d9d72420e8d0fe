/** A gateway that runs as a process of its own, as the rows handle it. */
import { postGraphQL } from '../ask-graphql.js';
import { Child } from '../child.js';
import type { GatewayOrder, GatewayPlace, Held, Vitals } from './gateway-process.js';
import type { Naming } from './names.js';

interface Readiness {
  readonly status: string;
  readonly cache: string;
  readonly ledger: string;
  readonly degraded: boolean;
  readonly mdes?: string;
  readonly keys?: string;
  readonly keysAgeSeconds?: number | null;
}

export class GatewayChild {
  readonly #child: Child;

  /** @param token susan's, where the sign-in is not the demo's */
  static async start(order: GatewayOrder, token?: string): Promise<GatewayChild> {
    const child = new Child('gateway-process', ['--expose-gc'], order.environment);
    try {
      const place = await child.ask<GatewayPlace>('start', order);
      return new GatewayChild(child, place, token ?? (await demoToken(place.url)));
    } catch (error) {
      await child.kill();
      throw error;
    }
  }

  private constructor(
    child: Child,
    readonly place: GatewayPlace,
    readonly token: string,
  ) {
    this.#child = child;
  }

  get url(): string {
    return this.place.url;
  }

  get isAlive(): boolean {
    return this.#child.isAlive;
  }

  /** What it has logged. */
  get log(): string {
    return this.#child.stdout;
  }

  /** Node's own warnings and crashes; the product logs to stdout. */
  get warnings(): string[] {
    return this.#child.stderr.split('\n').filter((line) => line !== '');
  }

  /** As susan. */
  graphql(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    return postGraphQL(this, query, variables);
  }

  async readiness(): Promise<Readiness> {
    return (await (await fetch(`${this.url}/readyz`)).json()) as Readiness;
  }

  /** Moves the catalogue's clock. */
  advance(ms: number): Promise<void> {
    return this.#child.ask('advance', ms);
  }

  /** What becomes of a host's name: MDES's, or one that ends in `.test`. */
  name(host: string, naming: Naming): Promise<void> {
    return this.#child.ask('name', { host, naming });
  }

  /** The heap after a collection, as V8 writes it; `planted` is held there. */
  snapshot(file: string, planted: string): Promise<void> {
    return this.#child.ask('snapshot', { file, planted });
  }

  /** Event-loop figures are since the last look. */
  vitals(): Promise<Vitals> {
    return this.#child.ask('vitals');
  }

  /** Sockets, timers, descriptors, listeners. */
  held(): Promise<Held> {
    return this.#child.ask('held');
  }

  /** As on SIGHUP. */
  reload(): Promise<void> {
    return this.#child.ask('reload');
  }

  /** What comes of the work, and the CPU time in milliseconds that the gateway spent meanwhile. */
  async cpuOf<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
    const before = await this.#child.ask<number>('cpuMs');
    const result = await work();
    return [result, (await this.#child.ask<number>('cpuMs')) - before];
  }

  kill(): Promise<void> {
    return this.#child.kill();
  }
}

export async function demoToken(url: string, accountHolder = 'susan'): Promise<string> {
  const answer = await fetch(`${url}/demo/token?sub=${accountHolder}`);
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}
