/** Every way in which a connection breaks: what became of a push is told truly, and everything ends in time. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MdesIdentity } from '../../src/config/mdes-identity.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import { TransportError } from '../../src/mdes/http/exchange.js';
import { createTransport } from '../../src/mdes/http/transport.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import type { MdesError, MdesErrorKind } from '../../src/mdes/mdes-error.js';
import { Semaphore } from '../../src/resilience/semaphore.js';
import {
  drip,
  type FakeMdes,
  flood,
  gzipBomb,
  hang,
  json,
  type Reply,
  resetBeforeHeaders,
  resetMidBody,
  shortFin,
  startFakeMdes,
} from '../support/mdes/fake-mdes.js';
import {
  caught,
  countTraces,
  everythingOf,
  makeTestKeys,
  PAN,
  pushAnswer,
  pushRequest,
  range,
  recordingLogger,
  type TestKeys,
} from '../support/mdes/mdes-fixtures.js';
import { makeOpensslDirectory, type OpensslDirectory } from '../support/mdes/mdes-openssl.js';
import { within } from '../support/measurements.js';

const DEADLINES = { readMs: 600, pushMs: 700, connectMs: 300 };
/** A deadline may be missed by as much as a busy machine needs to notice. */
const SLACK_MS = 700;
const RANGES = [range('5412346789')];

let keys: TestKeys;
let mdes: FakeMdes;
let openssl: OpensslDirectory;
let lines: string[];

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
): Promise<T> {
  const recording = recordingLogger();
  lines = recording.lines;
  const client = createMdesClient(
    {
      log: recording.log,
    },
    keys.identity(baseUrl, overrides),
    { deadlines: DEADLINES },
  );
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

/** A TCP server that does with a connection what the test says. */
async function withTcpServer<T>(
  onSocket: (socket: Socket) => void,
  work: (port: number, connections: () => number) => Promise<T>,
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
  try {
    return await work((server.address() as AddressInfo).port, () => connections);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const rows: [string, Reply, read: MdesErrorKind, push: MdesErrorKind][] = [
  ['a reset before the headers', resetBeforeHeaders, 'UNAVAILABLE', 'UNCLEAR'],
  ['a reset in the body', resetMidBody(200), 'UNAVAILABLE', 'UNCLEAR'],
  ['an end before the announced length', shortFin, 'UNAVAILABLE', 'UNCLEAR'],
  ['a byte every 100 ms', drip, 'UNAVAILABLE', 'UNCLEAR'],
  ['no answer at all', hang, 'UNAVAILABLE', 'UNCLEAR'],
  ['a body that would grow to 50 MB when unpacked', gzipBomb, 'UNAVAILABLE', 'UNCLEAR'],
  ['a reset in the body of a 400, which is a clear no', resetMidBody(400), 'UNAVAILABLE', 'UNAVAILABLE'],
  ['a reset in the body of a 401, which is a clear no', resetMidBody(401), 'UNAVAILABLE', 'UNAUTHORIZED'],
];

describe.each(rows)('%s', (name, reply, read, push) => {
  it(`makes a push ${push}, in time, after exactly one request`, async () => {
    mdes.answer(reply);
    const before = mdes.requests.length;
    const { result: error, ms } = await timed(() =>
      withClient(mdes.baseUrl, (client) => caught(client.pushMultipleAccounts(pushRequest()))),
    );
    expect(error.kind).toBe(push);
    expect(ms).toBeLessThan(within(DEADLINES.pushMs + SLACK_MS));
    expect(mdes.requests).toHaveLength(before + 1);
    expect(countTraces(everythingOf(error) + lines.join(''), PAN)).toBe(0);
  });

  it('makes reads fail in time', async () => {
    mdes.answer(reply);
    const { result: errors, ms } = await timed(() =>
      withClient(mdes.baseUrl, (client) =>
        Promise.all([caught(client.getEligibleTokenRequestors(RANGES)), caught(client.getAsset('554dbc44'))]),
      ),
    );
    const expected = name.includes('401') ? 'UNAUTHORIZED' : read;
    expect(errors.map(({ kind }) => kind)).toEqual([expected, expected]);
    expect(ms).toBeLessThan(within(DEADLINES.readMs + SLACK_MS));
  });
});

describe('a body of 100 MB', () => {
  it('is cut off after the first of it', async () => {
    const { reply, sent } = flood();
    mdes.answer(reply);
    const before = process.memoryUsage().rss;
    const { result: errors, ms } = await timed(() =>
      withClient(mdes.baseUrl, async (client) => [
        await caught(client.getEligibleTokenRequestors(RANGES)),
        await caught(client.pushMultipleAccounts(pushRequest())),
      ]),
    );
    expect(errors.map(({ kind }) => kind)).toEqual(['UNAVAILABLE', 'UNCLEAR']);
    expect(errors[0]?.message).toContain('TOO_LARGE');
    expect(sent()).toBeLessThan(30 * 1024 * 1024);
    expect(ms).toBeLessThan(within(DEADLINES.pushMs + SLACK_MS));
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('more reads than places', () => {
  it.each([
    ['hangs', 1000, hang, 'UNAVAILABLE'],
    ['answers', 5000, json(200, { tokenRequestors: [] }), undefined],
  ] as const)(
    'never stand on more than 50 connections, and end in time, when MDES %s',
    async (_, readMs, reply, kind) => {
      mdes.answer(reply);
      mdes.mostConnections();
      const { log } = recordingLogger();
      const client = createMdesClient({ log }, keys.identity(mdes.baseUrl), { deadlines: { readMs } });
      const { result: outcomes, ms } = await timed(() =>
        Promise.all(
          Array.from({ length: 130 }, () =>
            client.getEligibleTokenRequestors(RANGES).then(
              () => undefined,
              (error: MdesError) => error.kind,
            ),
          ),
        ),
      );
      await client.close();
      expect(new Set(outcomes)).toEqual(new Set([kind]));
      // Had each to wait for its predecessors to give up, the last would end after three deadlines.
      expect(ms).toBeLessThan(within(2 * readMs));
      expect(mdes.mostConnections()).toBeLessThanOrEqual(50);
    },
  );

  it('leave the queue when their time is up, without a connection of their own', async () => {
    const semaphore = new Semaphore(1);
    const never = new AbortController();
    const impatient = new AbortController();
    let letGo = () => {};
    const held = semaphore.run(
      never.signal,
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    let started = false;
    const called = semaphore.run(impatient.signal, async () => {
      started = true;
    });
    impatient.abort();
    await expect(called).rejects.toBe(impatient.signal.reason);
    letGo();
    await held;
    expect(started).toBe(false);
    expect(await semaphore.run(never.signal, async () => 'in')).toBe('in');
  });
});

describe('before a connection stands, a push is certainly not sent:', () => {
  async function expectNotSent(baseUrl: string): Promise<string> {
    const { result, ms } = await timed(() =>
      withClient(baseUrl, async (client) => ({
        push: await caught(client.pushMultipleAccounts(pushRequest())),
        read: await caught(client.getEligibleTokenRequestors(RANGES)),
      })),
    );
    expect([result.push.kind, result.read.kind]).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(result.push.message).toContain('nothing was sent');
    expect(countTraces(everythingOf(result.push) + lines.join(''), PAN)).toBe(0);
    expect(ms).toBeLessThan(within(DEADLINES.pushMs + DEADLINES.readMs + SLACK_MS));
    return result.push.message;
  }

  it('connection refused', async () => {
    const port = await withTcpServer(
      () => {},
      async (free) => free,
    );
    expect(await expectNotSent(`http://127.0.0.1:${port}`)).toContain('ECONNREFUSED');
  });

  it('a name that does not exist', async () => {
    expect(await expectNotSent('http://no-such-host.invalid')).toMatch(
      /ENOTFOUND|EAI_AGAIN|DEADLINE|TIMEOUT/,
    );
  });

  it('a certificate that nobody vouches for', async () => {
    const key = openssl.read('local.key').toString();
    const impostor = await startFakeMdes({ key, cert: openssl.read('local.crt').toString() });
    try {
      expect(await expectNotSent(impostor.baseUrl)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(impostor.requests).toHaveLength(0);
    } finally {
      await impostor.close();
    }
  });

  it('a server that does not speak TLS', async () => {
    expect(await expectNotSent(mdes.baseUrl.replace('http:', 'https:'))).toMatch(/SSL|PROTOCOL|ECONNRESET/);
  });

  it('a reset in the TLS handshake', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      async (port, connections) => {
        expect(await expectNotSent(`https://127.0.0.1:${port}`)).toMatch(/ECONNRESET|SOCKET/);
        // The push once; the read and its two repeats.
        expect(connections()).toBe(1 + 3);
      },
    );
  });

  it('an end in the TLS handshake', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.end()),
      async (port) => {
        expect(await expectNotSent(`https://127.0.0.1:${port}`)).toMatch(/ECONNRESET|SOCKET/);
      },
    );
  });

  it('a TLS handshake that hangs', async () => {
    await withTcpServer(
      () => {},
      async (port) => {
        expect(await expectNotSent(`https://127.0.0.1:${port}`)).toMatch(/UND_ERR_CONNECT_TIMEOUT|DEADLINE/);
      },
    );
  });

  it('a key that cannot encrypt', async () => {
    const before = mdes.requests.length;
    const error = await withClient(
      mdes.baseUrl,
      (client) => caught(client.pushMultipleAccounts(pushRequest())),
      { encryptionFingerprint: 'ab', oaepHash: 'SHA999' as 'SHA512' },
    );
    expect(error.kind).toBe('UNAVAILABLE');
    expect(mdes.requests).toHaveLength(before);
  });
});

describe('once a connection stands', () => {
  it('a push that gets no further is UNCLEAR, and never tried again', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      async (port, connections) => {
        const error = await withClient(`http://127.0.0.1:${port}`, (client) =>
          caught(client.pushMultipleAccounts(pushRequest())),
        );
        expect(error.kind).toBe('UNCLEAR');
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(connections()).toBe(1);
      },
    );
  });

  it('an answer that is not HTTP makes a push UNCLEAR and is not quoted', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.end(`SSH-2.0 ${PAN}\r\n\r\n`)),
      async (port) => {
        const error = await withClient(`http://127.0.0.1:${port}`, (client) =>
          caught(client.pushMultipleAccounts(pushRequest())),
        );
        expect(error.kind).toBe('UNCLEAR');
        expect(countTraces(everythingOf(error) + lines.join(''), PAN)).toBe(0);
      },
    );
  });

  it('closing waits for the push that is under way', async () => {
    mdes.answer(async (response) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      response.end(JSON.stringify(pushAnswer()));
    });
    const client = createMdesClient(recordingLogger(), keys.identity(mdes.baseUrl));
    let done = false;
    const push = client.pushMultipleAccounts(pushRequest()).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.close();
    await push;
    expect(done).toBe(true);
  });
});

describe('over TLS', () => {
  const request = {
    method: 'GET' as const,
    path: '/mdes/x',
    headers: {},
    body: Buffer.alloc(0),
    signal: new AbortController().signal,
    maxAnswerBytes: 1000,
  };

  it('a push arrives where the certificate fits, each over its own connection', async () => {
    const [key, ca] = [openssl.read('local.key').toString(), openssl.read('local.crt').toString()];
    const secure = await startFakeMdes({ key, cert: ca });
    secure.answer(json(200, { ok: true }));
    const transport = createTransport(new URL(secure.baseUrl).origin, { connectMs: 1000, ca });
    try {
      for (let i = 0; i < 2; i++) expect((await transport.sendOnce(request)).status).toBe(200);
      expect((await transport.read(request)).status).toBe(200);
      expect(secure.connections()).toBe(3);
    } finally {
      await transport.close();
      await secure.close();
    }
  });

  it('a certificate for another name stops a push before it is sent', async () => {
    const [key, ca] = [openssl.read('other.key').toString(), openssl.read('other.crt').toString()];
    const other = await startFakeMdes({ key, cert: ca });
    const transport = createTransport(new URL(other.baseUrl).origin, { connectMs: 1000, ca });
    try {
      const error: unknown = await transport.sendOnce(request).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TransportError);
      expect(error).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', sent: false });
      expect(other.requests).toHaveLength(0);
    } finally {
      await transport.close();
      await other.close();
    }
  });
});
