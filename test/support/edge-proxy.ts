/** A reverse proxy as issuers put before MDES or a simulator: its public URL has a path, which it strips. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PREFIX = '/edge/mdes';

/** Answers in place of what lies behind. */
type Stand = (response: ServerResponse) => void;

export interface EdgeProxy {
  /** What clients call and sign for. */
  readonly publicUrl: string;
  /** Paths below the public URL, as they were passed on. */
  readonly passed: readonly string[];
  /** Root URL of what lies behind; may be set after the start. */
  target: string;
  /** The next push is answered by `stand` and never passed on. */
  answerNextPush(stand: Stand): void;
  close(): Promise<void>;
}

export async function startEdgeProxy(): Promise<EdgeProxy> {
  const passed: string[] = [];
  const stands: Stand[] = [];
  let target = '';

  function handle(incoming: IncomingMessage, response: ServerResponse): void {
    const { url = '', method, headers } = incoming;
    if (!url.startsWith(`${PREFIX}/`)) {
      response.writeHead(404).end();
      return;
    }
    const stand = url.endsWith('/pushMultipleAccounts') ? stands.shift() : undefined;
    if (stand !== undefined) {
      incoming.resume();
      stand(response);
      return;
    }
    const path = url.slice(PREFIX.length);
    passed.push(path);
    const { host } = new URL(target);
    const onward = request(target + path, { method, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // A connection that breaks behind breaks in front as well.
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    publicUrl: `http://127.0.0.1:${port}${PREFIX}`,
    passed,
    get target() {
      return target;
    },
    set target(url) {
      target = url;
    },
    answerNextPush: (stand) => void stands.push(stand),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
