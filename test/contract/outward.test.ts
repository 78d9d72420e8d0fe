/** The way out of a bank: through a proxy, with an authority and a certificate of its own; a push goes it once. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outward } from '../../src/domain/network/outward.js';
import { Secret } from '../../src/domain/secret.js';
import { createTransport } from '../../src/mdes/http/transport.js';
import { TransportError } from '../../src/resilience/http-exchange.js';
import { isStraight } from '../../src/resilience/outward/no-proxy.js';
import { A_DAY_MS, certify } from '../faults/support/mdes/certificates.js';
import { ForwardProxy } from '../support/forward-proxy.js';

const HOST = 'mdes.bank.test';
const authority = certify({ host: 'Bank', endsInMs: A_DAY_MS, isAuthority: true });
const server = certify({ host: HOST, endsInMs: A_DAY_MS, issuer: authority });
const ours = certify({ host: 'gateway', endsInMs: A_DAY_MS, issuer: authority });
let far: Server;
let port: number;
let proxy: ForwardProxy;
/** What has arrived, and whose certificate it came with. */
const arrived: string[] = [];
let breaks = false;

beforeAll(async () => {
  far = createServer(
    { key: server.key, cert: server.cert, ca: [authority.cert], requestCert: true },
    (request, response) => {
      arrived.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN));
      if (breaks) request.socket.destroy();
      else response.end('{}');
    },
  );
  far.listen(0, '127.0.0.1');
  await once(far, 'listening');
  port = (far.address() as AddressInfo).port;
});
beforeEach(async () => {
  arrived.length = 0;
  breaks = false;
  proxy?.close();
  proxy = await ForwardProxy.start();
});
afterAll(() => {
  proxy.close();
  far.close();
  far.closeAllConnections();
});

function outward(proxyPort = proxy.port): Outward {
  return {
    proxy: { url: new Secret(`http://cards:s%25cret@127.0.0.1:${proxyPort}`), except: [] },
    tls: { ca: authority.cert, identity: { certificate: ours.cert, key: new Secret(ours.key) } },
  };
}

async function push(way: Outward, count = 1): Promise<unknown> {
  const transport = createTransport(`https://${HOST}:${port}`, { connectMs: 500, outward: way });
  const request = {
    method: 'POST',
    path: '/push',
    headers: { authorization: 'OAuth secret' },
    body: Buffer.from('{}'),
    signal: AbortSignal.timeout(5000),
    maxAnswerBytes: 1000,
  } as const;
  let end: unknown;
  for (let i = 0; i < count; i++) end = await transport.sendOnce(request).catch((error: unknown) => error);
  await transport.close();
  return end;
}

describe('a push through a proxy', () => {
  it('arrives once, in one tunnel for those that follow closely, with our certificate; the proxy sees its name alone', async () => {
    expect(await push(outward(), 2)).toMatchObject({ status: 200, fault: null });
    expect(arrived).toEqual(['gateway', 'gateway']);
    const authorization = `Basic ${Buffer.from('cards:s%cret').toString('base64')}`;
    expect(proxy.asked).toEqual([{ target: `${HOST}:${port}`, authorization }]);
    expect(proxy.passed).not.toMatch(/OAuth|POST/);
  });

  it.each([
    ['refuses', 'PROXY_HTTP_407'],
    ['hangs', 'PROXY_TIMEOUT'],
  ] as const)('that %s has certainly not been sent', async (mood, code) => {
    proxy.mood = mood;
    expect(await push(outward())).toEqual(new TransportError(code, false));
    expect(arrived).toEqual([]);
  });

  it('that is away has certainly not been sent, nor has one whose other side nobody knows', async () => {
    const closed = createTcpServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port: free } = closed.address() as AddressInfo;
    closed.close();
    expect(await push(outward(free))).toEqual(new TransportError('PROXY_ECONNREFUSED', false));
    const stranger = { ...outward(), tls: { ca: ours.cert, identity: null } };
    expect(await push(stranger)).toMatchObject({
      sent: false,
      code: expect.stringMatching(/CERT|SIGNATURE/),
    });
    expect(arrived).toEqual([]);
  });

  it('is not sent a second time when the tunnel breaks after it has left', async () => {
    breaks = true;
    expect(await push(outward())).toMatchObject({ sent: true });
    expect(arrived).toEqual(['gateway']);
  });
});

describe('NO_PROXY', () => {
  it.each<[string, number, string, boolean]>([
    ['mdes.example', 443, 'other.example', false],
    ['cards.bank.example', 443, '.bank.example', true],
    ['cards.bank.example', 443, 'bank.example', true],
    ['bank.example', 443, '*.bank.example', true],
    ['notbank.example', 443, 'bank.example', false],
    ['keys.bank.example', 8443, 'keys.bank.example:8443', true],
    ['keys.bank.example', 443, 'keys.bank.example:8443', false],
    ['10.1.2.3', 443, '10.0.0.0/8', true],
    ['11.1.2.3', 443, '10.0.0.0/8', false],
    ['[fd00::5]', 443, 'fd00::/8', true],
    ['mdes.example', 443, '*', true],
    ['127.0.0.1', 443, 'nobody', true],
  ])('%s:%i beside %s: straight %s', (host, at, entry, straight) => {
    expect(isStraight(host, at, ['first.example', entry])).toBe(straight);
  });
});
