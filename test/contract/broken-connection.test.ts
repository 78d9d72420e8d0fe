/** A push before and after its connection stands, over TCP and TLS: whether it was sent is told truly. */
import { describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import { createTransport } from '../../src/mdes/http/transport.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { TransportError } from '../../src/resilience/http-exchange.js';
import { json, startFakeMdes } from '../support/mdes/fake-mdes.js';
import {
  caught,
  countTraces,
  everythingOf,
  PAN,
  pushAnswer,
  pushRequest,
  recordingLogger,
} from '../support/mdes/mdes-fixtures.js';
import { within } from '../support/measurements.js';
import {
  answerOf,
  brokenTransport,
  DEADLINES,
  PATIENT,
  RANGES,
  SLACK_MS,
  timed,
  withTcpServer,
} from './broken-transport.js';

const { keys, mdes, openssl, lines, withClient } = brokenTransport();

describe('before a connection stands, a push is certainly not sent:', () => {
  async function expectNotSent(baseUrl: string, deadlines = DEADLINES): Promise<string> {
    const work = async (client: MdesClient) => ({
      push: await caught(client.pushMultipleAccounts(pushRequest())),
      read: await caught(client.getEligibleTokenRequestors(RANGES)),
    });
    const { result, ms } = await timed(() => withClient(baseUrl, work, {}, deadlines));
    expect([result.push.kind, result.read.kind]).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(result.push.message).toContain('nothing was sent');
    expect(countTraces(everythingOf(result.push) + lines().join(''), PAN)).toBe(0);
    expect(ms).toBeLessThan(within(deadlines.pushMs + deadlines.readMs + SLACK_MS));
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
    const key = openssl().read('local.key').toString();
    const impostor = await startFakeMdes({ key, cert: openssl().read('local.crt').toString() });
    try {
      expect(await expectNotSent(impostor.baseUrl)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(impostor.requests).toHaveLength(0);
    } finally {
      await impostor.close();
    }
  });

  it('a server that does not speak TLS', async () => {
    expect(await expectNotSent(mdes().baseUrl.replace('http:', 'https:'))).toMatch(/SSL|PROTOCOL|ECONNRESET/);
  });

  it('a reset in the TLS handshake', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      async (port, connections) => {
        expect(await expectNotSent(`https://127.0.0.1:${port}`, PATIENT)).toMatch(/ECONNRESET|SOCKET/);
        // The push once; the read and its two repeats.
        expect(connections()).toBe(1 + 3);
      },
    );
  });

  it('an end in the TLS handshake', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.end()),
      async (port) => {
        expect(await expectNotSent(`https://127.0.0.1:${port}`, PATIENT)).toMatch(/ECONNRESET|SOCKET/);
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
    const before = mdes().requests.length;
    const error = await withClient(
      mdes().baseUrl,
      (client) => caught(client.pushMultipleAccounts(pushRequest())),
      { encryptionFingerprint: 'ab', oaepHash: 'SHA999' as 'SHA512' },
    );
    expect(error.kind).toBe('UNAVAILABLE');
    expect(mdes().requests).toHaveLength(before);
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

  it('a push that breaks off on one that has carried another before is UNCLEAR just so', async () => {
    await withTcpServer(
      (socket) =>
        socket.once('data', () => {
          socket.write(answerOf(pushAnswer()));
          socket.once('data', () => socket.resetAndDestroy());
        }),
      async (port, connections) => {
        await withClient(`http://127.0.0.1:${port}`, async (client) => {
          await client.pushMultipleAccounts(pushRequest());
          expect((await caught(client.pushMultipleAccounts(pushRequest()))).kind).toBe('UNCLEAR');
        });
        expect(connections()).toBe(1);
      },
    );
  });

  it('a push never meets one that has been closed since the last, with or without a word', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.end(answerOf(pushAnswer()))),
      async (port, connections) => {
        await withClient(`http://127.0.0.1:${port}`, async (client) => {
          for (let i = 0; i < 20; i++) await client.pushMultipleAccounts(pushRequest());
        });
        expect(connections()).toBe(20);
      },
    );
  });

  it('a push is certainly not sent where the last one has ended the server', async () => {
    const error = await withTcpServer(
      (socket) => socket.once('data', () => socket.end(answerOf(pushAnswer()))),
      (port, _, close) =>
        withClient(`http://127.0.0.1:${port}`, async (client) => {
          await client.pushMultipleAccounts(pushRequest());
          await close();
          return caught(client.pushMultipleAccounts(pushRequest()));
        }),
    );
    expect([error.kind, error.message]).toEqual(['UNAVAILABLE', expect.stringContaining('ECONNREFUSED')]);
  });

  it('an answer that is not HTTP makes a push UNCLEAR and is not quoted', async () => {
    await withTcpServer(
      (socket) => socket.once('data', () => socket.end(`SSH-2.0 ${PAN}\r\n\r\n`)),
      async (port) => {
        const error = await withClient(`http://127.0.0.1:${port}`, (client) =>
          caught(client.pushMultipleAccounts(pushRequest())),
        );
        expect(error.kind).toBe('UNCLEAR');
        expect(countTraces(everythingOf(error) + lines().join(''), PAN)).toBe(0);
      },
    );
  });

  it('closing waits for the push that is under way', async () => {
    mdes().answer(async (response) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      response.end(JSON.stringify(pushAnswer()));
    });
    const client = createMdesClient(recordingLogger(), keys().identity(mdes().baseUrl));
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

  it('a push arrives where the certificate fits, over connections that only pushes use', async () => {
    const [key, ca] = [openssl().read('local.key').toString(), openssl().read('local.crt').toString()];
    const secure = await startFakeMdes({ key, cert: ca });
    secure.answer(json(200, { ok: true }));
    const transport = createTransport(new URL(secure.baseUrl).origin, {
      connectMs: 1000,
      outward: { proxy: null, tls: { ca, identity: null } },
    });
    try {
      for (let i = 0; i < 2; i++) expect((await transport.sendOnce(request)).status).toBe(200);
      expect((await transport.read(request)).status).toBe(200);
      expect(secure.connections()).toBe(2);
    } finally {
      await transport.close();
      await secure.close();
    }
  });

  it('a certificate for another name stops a push before it is sent', async () => {
    const [key, ca] = [openssl().read('other.key').toString(), openssl().read('other.crt').toString()];
    const other = await startFakeMdes({ key, cert: ca });
    const transport = createTransport(new URL(other.baseUrl).origin, {
      connectMs: 1000,
      outward: { proxy: null, tls: { ca, identity: null } },
    });
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
