/** Stands between a gateway and the ledger's database: the same address whatever is behind, and what becomes of a statement. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What becomes of a statement and its answer on their way. */
export type Fate = 'LOST' | 'ANSWER_LOST' | 'LATE' | 'ANSWER_LATE' | 'DOUBLED';

/** Longer than the gateway waits for any statement. */
const LATE_MS = 500;

const BIND = 'B'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const HEADER_BYTES = 5;

interface Strike {
  /** A part of the statement's name. */
  readonly statement: string;
  readonly fate: Fate;
}

export class DatabaseProxy {
  readonly #server = createServer({ noDelay: true }, (socket) => this.#join(socket));
  readonly #sockets = new Set<Socket>();
  #strike: Strike | undefined;
  strikes = 0;

  private constructor(private target: number) {}

  static async start(target: number): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `postgres://postgres@127.0.0.1:${port}/postgres`;
  }

  /** From now on; undefined: everything is passed on. */
  strike(strike?: Strike): void {
    this.#strike = strike;
  }

  /** Another server at the same address; connections to the one before are cut. */
  lead(port: number): void {
    this.target = port;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    this.#tie(client, server);
    this.#tie(server, client);
    let onward = Promise.resolve();
    let answer: Fate | undefined;
    let once: OneAnswerOfTwo | undefined;
    client.on('data', (chunk: Buffer) => {
      const fate = this.#fateOf(chunk);
      if (fate === 'LOST') return void client.destroy();
      answer = fate;
      if (fate === 'DOUBLED') once = new OneAnswerOfTwo();
      onward = onward
        .then(() => (fate === 'LATE' ? sleep(LATE_MS) : undefined))
        .then(() => void server.write(fate === 'DOUBLED' ? Buffer.concat([chunk, chunk]) : chunk));
    });
    server.on('data', (chunk: Buffer) => {
      const fate = answer;
      if (fate !== 'DOUBLED') answer = undefined;
      if (fate === 'ANSWER_LOST') client.destroy();
      else if (fate === 'ANSWER_LATE') void sleep(LATE_MS).then(() => client.write(chunk));
      else client.write(once === undefined ? chunk : once.of(chunk));
    });
  }

  #tie(one: Socket, other: Socket): void {
    this.#sockets.add(one);
    one.on('error', () => undefined);
    one.once('close', () => {
      this.#sockets.delete(one);
      other.destroy();
    });
  }

  #fateOf(chunk: Buffer): Fate | undefined {
    const strike = this.#strike;
    if (strike === undefined || !chunk.includes(strike.statement)) return undefined;
    // A statement that is only now given its name cannot be given it twice.
    if (strike.fate === 'DOUBLED' && chunk[0] !== BIND) return undefined;
    this.strikes += 1;
    return strike.fate;
  }
}

/** Of what the server says to a statement that it got twice, the client hears the first. */
class OneAnswerOfTwo {
  #rest = Buffer.alloc(0);
  #ended = 0;

  of(chunk: Buffer): Buffer {
    if (this.#ended === 2) return chunk;
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const heard: Buffer[] = [];
    while (this.#ended < 2 && this.#rest.length >= HEADER_BYTES) {
      const bytes = 1 + this.#rest.readInt32BE(1);
      if (this.#rest.length < bytes) break;
      const message = this.#rest.subarray(0, bytes);
      this.#rest = this.#rest.subarray(bytes);
      if (this.#ended === 0) heard.push(message);
      if (message[0] === READY_FOR_QUERY) this.#ended += 1;
    }
    if (this.#ended === 2) heard.push(this.#rest);
    return Buffer.concat(heard);
  }
}
