/** Where the simulator is: at the same place at every start, and never in the way of another. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const portOf = (url: string) => Number(new URL(url).port);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

it('takes the next port where the first is taken', async () => {
  const first = await startTestSimulator();
  const second = await startTestSimulator({ firstPort: portOf(first.url) });
  expect(portOf(second.url)).toBeGreaterThan(portOf(first.url));
  expect((await fetch(`${second.url}/simulator/calls`)).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

it('is at 4010 or right after it inside of a gateway that has a port of its own, and anywhere inside of one that has any', async () => {
  const [fixed, free] = await Promise.all([
    startTestGateway({ PORT: String(await freePort()) }),
    startTestGateway(),
  ]);
  const place = portOf(fixed.simulatorUrl) - 4010;
  expect([place >= 0, place < 100]).toEqual([true, true]);
  expect(portOf(free.simulatorUrl)).toBeGreaterThan(4109);
  await Promise.all([fixed.close(), free.close()]);
});
