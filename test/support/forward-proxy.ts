/** A proxy as banks have them: tunnels by CONNECT, each of which it remembers, with a password or a bad day. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export class ForwardProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** What was asked for, as it came. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[] = [];
  /** Of a tunnel that is asked for. */
  mood: 'well' | 'refuses' | 'hangs' = 'well';
  /** Everything that has gone through. */
  passed = '';

  static async start(): Promise<ForwardProxy> {
    const proxy = new ForwardProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private constructor() {
    this.#server = createServer((_, response) => response.writeHead(400).end());
    this.#server.on('connection', (socket) => this.#keep(socket));
    this.#server.on('connect', ({ url: target = '', headers }, socket: Socket) => {
      this.asked.push({ target, authorization: headers['proxy-authorization'] });
      if (this.mood === 'hangs') return;
      if (this.mood === 'refuses') {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      // Whatever the name: tests have no name server.
      const far = this.#keep(connect(Number(target.split(':').at(-1)), '127.0.0.1'));
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.on('data', (chunk: Buffer) => {
        this.passed += chunk.toString('latin1');
      });
      socket.pipe(far).pipe(socket);
      far.once('close', () => socket.destroy());
      socket.once('close', () => far.destroy());
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    return socket.on('error', () => undefined);
  }
}
