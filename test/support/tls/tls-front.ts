/** TLS in front of a server that speaks http: it lets in whoever shows a certificate of the bank's, and tells whose. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';

export interface TlsFront {
  readonly url: string;
  /** The names in the certificates of those who have connected. */
  readonly names: string[];
  /** The port that it leads to. */
  target: number;
  /** Ends the connections that stand. */
  cut(): void;
  close(): Promise<void>;
}

export async function startTlsFront(options: TlsOptions, target = 0): Promise<TlsFront> {
  const standing = new Set<Socket>();
  const names: string[] = [];
  const server = createServer(options, (near: TLSSocket) => {
    names.push(String(near.getPeerCertificate().subject?.CN));
    const far = connect(front.target, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      standing.add(one);
      one.on('error', () => undefined).on('close', () => standing.delete(one) && other.destroy());
    }
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const one of standing) one.destroy();
  };
  const front: TlsFront = {
    ...{ url: `https://localhost:${(server.address() as AddressInfo).port}`, names, target, cut },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}
