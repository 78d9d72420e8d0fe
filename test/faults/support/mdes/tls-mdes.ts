/** A simulator behind TLS and a host name: its certificate can be changed, and it can cease to listen. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../../../src/simulator/simulator.js';
import { SimulatorControl } from '../../../support/simulator/simulator-control.js';
import { MDES_HOST } from '../gateway/names.js';
import { A_DAY_MS, certify, type TlsIdentity } from './certificates.js';

export interface TlsMdes {
  /** For a gateway; which authority it trusts is read by Node itself. */
  readonly environment: Readonly<Record<string, string>>;
  readonly simulator: SimulatorControl;
  /** HTTP requests that have arrived so far, of any kind. */
  requests(): number;
  /** By the authority that the gateway trusts. */
  certificate(host: string, endsInMs: number): TlsIdentity;
  /** From the next connection on, and none is kept. Absent: the rightful one. */
  present(identity?: TlsIdentity): void;
  refuse(): Promise<void>;
  accept(): Promise<void>;
  close(): Promise<void>;
}

export async function startTlsMdes(): Promise<TlsMdes> {
  const authority = certify({ host: 'Fault suite', endsInMs: A_DAY_MS, isAuthority: true });
  const certificate = (host: string, endsInMs: number) => certify({ host, endsInMs, issuer: authority });
  const rightful = certificate(MDES_HOST, A_DAY_MS);
  let target = '';
  let requests = 0;
  const server = createServer(rightful, (request, response) => {
    requests += 1;
    forward(target, request, response);
  });
  let port = 0;
  const accept = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const refuse = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  await accept();
  const simulator = await startSimulator({ publicUrl: `https://${MDES_HOST}:${port}` });
  target = simulator.url;
  const folder = await mkdtemp(join(tmpdir(), 'token-connect-tls-'));
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const { baseUrl, consumerKey, signingKeyPem, encryptionCertificatePem } = simulator.mdes;
  return {
    // As files, in the place of those that the stage has named.
    environment: {
      MDES_BASE_URL: baseUrl,
      MDES_CONSUMER_KEY: consumerKey,
      MDES_SIGNING_KEY_FILE: await file('signing-key.pem', signingKeyPem),
      MDES_ENCRYPTION_CERTIFICATE_FILE: await file('encryption.pem', encryptionCertificatePem),
      NODE_EXTRA_CA_CERTS: await file('authority.pem', authority.cert),
    },
    simulator: new SimulatorControl(simulator.url),
    requests: () => requests,
    certificate,
    present(identity = rightful) {
      server.setSecureContext(identity);
      server.closeAllConnections();
    },
    refuse,
    accept,
    async close() {
      await refuse();
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

function forward(target: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/', headers } = request;
  const onward = httpRequest(`${target}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
