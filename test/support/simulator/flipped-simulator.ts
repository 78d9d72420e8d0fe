/** A simulator whose catalogue can be flipped: clients reach it by a proxy that renames a requestor in the answers. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestSimulator } from './start-simulator.js';

export interface FlippedSimulator {
  readonly simulator: RunningSimulator;
  /** What account holders see of the requestor from now on; it was called so. */
  flip(name: string, to: string): void;
  /** Answers that have told the newest name. */
  readonly told: number;
  close(): Promise<void>;
}

export async function startFlippedSimulator(): Promise<FlippedSimulator> {
  let names: { readonly from: string; readonly to: string } | undefined;
  let told = 0;
  let target = '';
  const server = createServer((incoming, response) => pass(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = await startTestSimulator({ publicUrl });
  target = simulator.url;

  function pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { url = '', method, headers } = incoming;
    const onward = request(target + url, { method, headers: { ...headers, host: new URL(target).host } });
    onward.on('error', () => response.destroy());
    onward.on('response', async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString('utf8');
      const said = names === undefined ? text : text.replaceAll(`"${names.from}"`, `"${names.to}"`);
      if (said !== text) told += 1;
      const { 'content-length': _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept).end(said);
    });
    incoming.pipe(onward);
  }

  return {
    simulator,
    flip(from, to) {
      names = { from, to };
      told = 0;
    },
    get told() {
      return told;
    },
    async close() {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
