/** An MDES on paper and a client of it, for all that can happen to a connection. */
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { MdesIdentity } from '../../src/config/mdes-identity.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { type FakeMdes, startFakeMdes } from '../support/mdes/fake-mdes.js';
import { makeTestKeys, range, recordingLogger, type TestKeys } from '../support/mdes/mdes-fixtures.js';
import { makeOpensslDirectory, type OpensslDirectory } from '../support/mdes/mdes-openssl.js';

export const DEADLINES = { readMs: 600, pushMs: 700, connectMs: 300 };
/** Where repeats are counted: on a busy machine there must be time for all of them. */
export const PATIENT = {
  readMs: 12_000,
  attemptMs: 10_000,
  repeatWithinMs: 8000,
  pushMs: 14_000,
  connectMs: 6000,
};
/** A deadline may be missed by as much as a busy machine needs to notice. */
export const SLACK_MS = 700;
export const RANGES = [range('5412346789')];

/** For the tests of one file. */
export function brokenTransport() {
  let keys: TestKeys;
  let mdes: FakeMdes;
  let openssl: OpensslDirectory;
  let lines: readonly string[] = [];

  beforeAll(async () => {
    keys = makeTestKeys();
    mdes = await startFakeMdes();
    openssl = makeOpensslDirectory();
    const self = '-subj /CN=other.example -addext subjectAltName=DNS:other.example';
    openssl.run(`req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.crt -days 2 ${self}`);
    const local = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
    openssl.run(`req -x509 -newkey rsa:2048 -nodes -keyout local.key -out local.crt -days 2 ${local}`);
  });

  afterAll(async () => {
    await mdes.close();
    openssl.remove();
  });

  beforeEach(() => {
    lines = [];
  });

  async function withClient<T>(
    baseUrl: string,
    work: (client: MdesClient) => Promise<T>,
    overrides?: Partial<MdesIdentity>,
    deadlines: Partial<typeof PATIENT> = DEADLINES,
  ): Promise<T> {
    const recording = recordingLogger();
    lines = recording.lines;
    const client = createMdesClient(
      {
        log: recording.log,
      },
      keys.identity(baseUrl, overrides),
      { deadlines },
    );
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  return { keys: () => keys, mdes: () => mdes, openssl: () => openssl, lines: () => lines, withClient };
}

export async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

/** As it stands on the wire. */
export function answerOf(json: unknown): string {
  const body = JSON.stringify(json);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  return `${head}\r\n\r\n${body}`;
}

/** A TCP server that does with a connection what the test says. */
export async function withTcpServer<T>(
  onSocket: (socket: Socket) => void,
  work: (port: number, connections: () => number, close: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  try {
    return await work((server.address() as AddressInfo).port, () => connections, close);
  } finally {
    await close();
  }
}
