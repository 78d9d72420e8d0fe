/** Connections that do nothing, held by one address: whichever the gateway closes is opened again. */
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';

const AGAIN_MS = 200;
/** Of one address, at a time, after the first. */
const MOST_AT_ONCE = 40;

export class Crowd {
  readonly #sockets = new Set<Socket>();
  readonly #port: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  get open(): number {
    return [...this.#sockets].filter(({ readyState }) => readyState === 'open').length;
  }

  /** Each address keeps `count` open, or keeps trying. */
  come(addresses: readonly string[], count: number): void {
    const held = new Map(addresses.map((address) => [address, 0]));
    const fill = (most: number) => {
      for (const [address, open] of held) {
        for (let missing = Math.min(count - open, most); missing > 0; missing--) {
          held.set(address, (held.get(address) ?? 0) + 1);
          const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress: address });
          this.#sockets.add(socket);
          socket.on('error', () => undefined);
          socket.once('close', () => {
            this.#sockets.delete(socket);
            held.set(address, (held.get(address) ?? 1) - 1);
          });
          socket.resume();
        }
      }
    };
    fill(count);
    this.#timer = setInterval(() => fill(MOST_AT_ONCE), AGAIN_MS);
  }

  leave(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The status of one request on a connection of its own; 0: none came in time. */
export function ask(
  url: string,
  {
    address,
    token,
    withinMs,
  }: { readonly address: string; readonly token?: string; readonly withinMs: number },
): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const asked = request(
      url,
      { localAddress: address, agent: false, headers, method: token === undefined ? 'GET' : 'POST' },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
        answer.once('error', () => resolve(0));
      },
    );
    asked.setTimeout(withinMs, () => asked.destroy());
    asked.once('error', () => resolve(0));
    asked.end(token === undefined ? undefined : JSON.stringify({ query: '{ __typename }' }));
  });
}
