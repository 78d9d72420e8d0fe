/** A proxy before a simulator that may change what goes through, or answer in its place, as those of a bank do. */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestSimulator } from '../simulator/start-simulator.js';

export interface Passing {
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** Gives what goes on, or what is answered instead. */
export type Tamper = (passing: Passing) => Passing | Reply;

export interface TamperingProxy {
  /** What clients call and sign for, and the simulator takes signatures for. */
  readonly url: string;
  readonly simulator: RunningSimulator;
  tamper: Tamper;
  close(): Promise<void>;
}

export const pass: Tamper = (passing) => passing;

export async function startTamperingProxy(): Promise<TamperingProxy> {
  let target = '';
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { url: path = '', method, headers } = incoming;
    const passed = proxy.tamper({
      path,
      headers: { ...headers },
      body: Buffer.concat(chunks).toString('utf8'),
    });
    if ('status' in passed) {
      response
        .writeHead(passed.status, { 'content-type': passed.type ?? 'application/json' })
        .end(passed.body);
      return;
    }
    const length = Buffer.byteLength(passed.body);
    const onward = send(target + passed.path, {
      method,
      headers: { ...passed.headers, 'content-length': length },
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end(passed.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = await startTestSimulator({ publicUrl: url });
  target = simulator.url;
  const proxy: TamperingProxy = {
    url,
    simulator,
    tamper: pass,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await simulator.close();
    },
  };
  return proxy;
}
