/** Connections of several addresses that take their time; whichever the gateway cuts is opened again. */
import { connect, type Socket } from 'node:net';

export const SLOW_KINDS = ['headers', 'body', 'reading'] as const;
type SlowKind = (typeof SLOW_KINDS)[number];
const DROPS: Readonly<Record<SlowKind, string>> = { headers: 'x-slow: 1\r\n', body: ' ', reading: '\r\n' };

const ADDRESSES = ['127.0.1.1', '127.0.1.2', '127.0.1.3', '127.0.1.4', '127.0.1.5'];
const DROP_EVERY_MS = 1000;
/** Sent in a row, so that one answer stands behind the other. */
const ANSWERS_EACH = 10;
/** They come one after another, and again after a pause: a crowd that is slow, not a flood of large answers. */
const COMING_MS = 10_000;
const AGAIN_MS = 1000;
const BODY_BYTES = 10_000;

interface Lives {
  longestMs(kind: SlowKind): number;
  cut(kind: SlowKind): number;
  olderThan(ms: number): number;
}

interface Life {
  readonly kind: SlowKind;
  readonly socket: Socket;
  readonly since: number;
}

export class SlowCrowd {
  readonly #open = new Set<Life>();
  readonly #ended: { readonly kind: SlowKind; readonly ms: number }[] = [];
  #leaving = false;

  constructor(
    private readonly gateway: { readonly url: string; readonly token: string },
    private readonly logo: string,
  ) {}

  get open(): number {
    return this.#open.size;
  }

  come(count: number): void {
    for (let index = 0; index < count; index++) this.#enterIn((index / count) * COMING_MS, index);
  }

  leave(): Lives {
    this.#leaving = true;
    const ended = [...this.#ended];
    const now = performance.now();
    const open = [...this.#open].map(({ since }) => now - since);
    for (const { socket } of this.#open) socket.destroy();
    return {
      longestMs: (kind) => Math.max(0, ...ended.filter((life) => life.kind === kind).map(({ ms }) => ms)),
      cut: (kind) => ended.filter((life) => life.kind === kind).length,
      olderThan: (ms) => open.filter((age) => age > ms).length,
    };
  }

  #enterIn(ms: number, index: number): void {
    setTimeout(() => this.#enter(index), ms).unref();
  }

  #enter(index: number): void {
    if (this.#leaving) return;
    const kind = SLOW_KINDS[index % SLOW_KINDS.length] ?? 'headers';
    const { port } = new URL(this.gateway.url);
    const localAddress = ADDRESSES[index % ADDRESSES.length] ?? '';
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
    const life = { kind, socket, since: performance.now() };
    this.#open.add(life);
    if (kind === 'reading') socket.pause();
    else socket.resume();
    socket.once('connect', () => socket.write(this.#first(kind)));
    // Who reads nothing hears of the end only when it writes.
    const drops = setInterval(() => socket.write(DROPS[kind]), DROP_EVERY_MS);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearInterval(drops);
      this.#open.delete(life);
      this.#ended.push({ kind, ms: performance.now() - life.since });
      this.#enterIn(AGAIN_MS, index);
    });
  }

  #first(kind: SlowKind): string {
    const { url, token } = this.gateway;
    const host = `host: ${new URL(url).host}\r\n`;
    if (kind === 'reading') return `GET ${this.logo} HTTP/1.1\r\n${host}\r\n`.repeat(ANSWERS_EACH);
    const head = `POST /graphql HTTP/1.1\r\n${host}authorization: Bearer ${token}\r\n`;
    if (kind === 'headers') return head;
    return `${head}content-type: application/json\r\ncontent-length: ${BODY_BYTES}\r\n\r\n{`;
  }
}
