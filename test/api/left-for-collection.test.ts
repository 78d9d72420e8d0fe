/** What requests leave behind: next to nothing that only a full collection takes away, which holds up all others meanwhile. */
import { connect, type Socket } from 'node:net';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const REQUESTS = 400;
/** Where something keeps the whole of a request it is 20 kB. */
const MOST_BYTES_A_REQUEST = 12_000;
const QUERY = '{ fundingAccounts { id label tokenRequestors { id name } } }';
/** Never answered before Fastify: no two are the same. */
const postOf = (number: number) => JSON.stringify({ query: QUERY, extensions: { number } });

let collect: (options: { readonly type: 'minor' | 'major' }) => void;
let gateway: TestGateway;
let socket: Socket;

beforeAll(async () => {
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc');
  gateway = await startTestGateway();
  const { hostname, port } = new URL(gateway.url);
  socket = connect(Number(port), hostname);
});
afterAll(async () => {
  socket.destroy();
  await gateway.close();
});

it.each([
  ['a GET', `GET /graphql?query=${encodeURIComponent(QUERY)} HTTP/1.1`, () => ''],
  ['a POST', 'POST /graphql HTTP/1.1', postOf],
])('leaves young collections all that %s was', async (_, line, bodyOf) => {
  const head = [
    line,
    `host: ${new URL(gateway.url).host}`,
    `authorization: Bearer ${await gateway.token('susan')}`,
    'content-type: application/json',
  ].join('\r\n');
  // So that what is made once, and compiled, is there.
  await askOften(head, bodyOf);
  collect({ type: 'major' });
  const before = oldBytes();
  await askOften(head, bodyOf);
  expect((oldBytes() - before) / REQUESTS).toBeLessThan(MOST_BYTES_A_REQUEST);
});

async function askOften(head: string, bodyOf: (number: number) => string): Promise<void> {
  for (let asked = 1; asked <= REQUESTS; asked += 1) {
    const body = bodyOf(asked);
    expect(await ask(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`)).toContain('"label"');
    if (asked % 10 === 0) collect({ type: 'minor' });
  }
}

/** Over one connection, by hand: a client would leave more than the gateway. */
function ask(request: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!text.endsWith('}\n')) return;
      socket.off('data', take);
      resolve(text);
    };
    socket.on('data', take).write(request);
  });
}

/** Of what has outlived two young collections. */
function oldBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === 'old_space' || name === 'large_object_space')
    .reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
}
