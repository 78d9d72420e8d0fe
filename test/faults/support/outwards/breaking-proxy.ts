/** Stands before a server as its TLS end, and breaks connections in whatever phase a row wants. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type TLSSocketOptions } from 'node:tls';
import type { Authority } from './authority.js';
import { type Phase, WELL } from './phases.js';

const HALF = 0.5;
/** PostgreSQL's client first asks whether it may speak TLS. */
const TLS_IS_FINE = 'S';

interface ProxyOptions {
  readonly host: string;
  readonly authority: Authority;
  readonly startsPlain?: boolean;
}

export class BreakingProxy {
  readonly host: string;
  readonly #startsPlain: boolean;
  readonly #server = createServer((socket) => this.#take(socket));
  readonly #ends: Readonly<Record<'well' | 'unknown' | 'wants-ours', TLSSocketOptions>>;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #target = 0;
  #phase: Phase = WELL;
  /** Connections taken since the phase began. */
  met = 0;

  static async start(options: ProxyOptions): Promise<BreakingProxy> {
    const proxy = new BreakingProxy(options);
    await proxy.#listen();
    return proxy;
  }

  private constructor({ host, authority, startsPlain = false }: ProxyOptions) {
    this.host = host;
    this.#startsPlain = startsPlain;
    const rightful = authority.certificate(host);
    const secureContext = createSecureContext(rightful);
    const strict = createSecureContext({ ...rightful, ca: authority.cert });
    this.#ends = {
      well: { secureContext },
      unknown: { secureContext: createSecureContext(authority.stranger(host)) },
      'wants-ours': { secureContext: strict, requestCert: true, rejectUnauthorized: true },
    };
  }

  get place(): string {
    return `${this.host}:${this.#port}`;
  }

  set target(port: number) {
    this.#target = port;
  }

  /** From now on. Connections that stand are cut, but where it is an answer that breaks; those that hang go on hanging. */
  async enter(phase: Phase): Promise<void> {
    this.#phase = phase;
    this.met = 0;
    if (phase !== WELL && phase.onAnswer === undefined)
      for (const socket of this.#sockets) socket.resetAndDestroy();
    if (phase.refuses !== true) return this.#listen();
    this.#server.close();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async close(): Promise<void> {
    await this.enter({ name: 'closed', says: /^/, refuses: true });
  }

  async #listen(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #take(socket: Socket): void {
    this.met += 1;
    this.#own(socket);
    const { onBytes, tls = 'well' } = this.#phase;
    if (onBytes === 'silence') return;
    if (onBytes === 'reset') return void socket.once('data', () => socket.resetAndDestroy());
    if (tls === 'none') return void socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));
    const join = () => this.#join(socket, new TLSSocket(socket, { isServer: true, ...this.#ends[tls] }));
    if (!this.#startsPlain) join();
    else {
      socket.once('data', () => {
        socket.pause();
        socket.write(TLS_IS_FINE);
        join();
      });
    }
  }

  /** @param inner what the client says, without its TLS */
  #join(socket: Socket, inner: TLSSocket): void {
    const outer = connect(this.#target, '127.0.0.1');
    this.#own(outer);
    inner.on('error', () => undefined);
    inner.once('close', () => outer.destroy());
    outer.once('close', () => this.#phase.onAnswer !== 'silence' && inner.destroySoon());
    inner.pipe(outer);
    outer.on('data', (chunk: Buffer) => {
      const { onAnswer } = this.#phase;
      if (onAnswer === undefined) return void inner.write(chunk);
      outer.removeAllListeners('data').resume();
      inner.write(chunk.subarray(0, Math.floor(chunk.length * HALF)), () => {
        if (onAnswer === 'end') inner.end();
        if (onAnswer === 'reset') socket.resetAndDestroy();
      });
    });
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
