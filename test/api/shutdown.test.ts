/** Closing: what is under way ends, nobody else holds the process. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { within } from '../support/measurements.js';
import { LARK } from '../support/requestors.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';

describe('a gateway that closes', () => {
  it('does not wait for who has connected and said nothing, or half of it', async () => {
    const gateway = await startTestGateway();
    const { port } = new URL(gateway.url);
    const sockets = [
      '',
      'GET /livez HTT',
      'GET /livez HTTP/1.1\r\nhost: a\r\n\r\nGET /livez HTT',
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{',
    ].map((text) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      return socket.on('error', () => undefined);
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const started = performance.now();
    await gateway.close();
    expect(performance.now() - started).toBeLessThan(within(3000));
    await gateway.close();
  });

  it('answers a push that is under way, and takes no other', async () => {
    const gateway = await startTestGateway();
    const simulator = new SimulatorControl(gateway.simulatorUrl);
    await simulator.fault('pushMultipleAccounts', 'delay', 1, 1500);
    const input = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
    };
    const query = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { status } } }';
    const push = gateway.graphql(query, { input });
    while ((await simulator.calls()).pushMultipleAccounts === 0) await sleep(10);
    const closed = gateway.close();
    const { data, headers } = await push;
    expect(data).toEqual({ pushCard: { status: 'READY' } });
    expect(headers.get('connection')).toBe('close');
    await closed;
    await expect(fetch(`${gateway.url}/livez`)).rejects.toThrow();
  });
});
