/** What can become of a call to MDES on its way: broken connections, and answers that are none. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Behaviour, type Operation, pass } from './exchange.js';

const FLUSH_MS = 20;
const MEGABYTE = Buffer.alloc(1_000_000, ' ');
const FLOOD_MEGABYTES = 100;
const DRIP_EVERY_MS = 100;

export const hang: Behaviour = () => undefined;

export const resetBeforeHeaders: Behaviour = ({ request }) => request.socket.resetAndDestroy();

export const resetMidBody: Behaviour = async (exchange) => {
  await writeHalf(exchange);
  exchange.request.socket.resetAndDestroy();
};

export const shortFin: Behaviour = async (exchange) => {
  await writeHalf(exchange);
  exchange.request.socket.end();
};

/**
 * Each n-th call of each operation, exactly; and each n-th of the second calls for the same, and of the third. By one
 * count over all, chance would strike the same read three times over now and then, and no figure could be zero.
 */
export function everyNth(n: number, strike: Behaviour): Behaviour {
  const tries = counter();
  const turns = counter();
  return (exchange) => {
    const turn = turns(`${exchange.operation} ${tries(exchange.subject)}`);
    return turn % n === 0 ? strike(exchange) : pass(exchange);
  };
}

function counter(): (name: string) => number {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

export function alternating(one: Behaviour, other: Behaviour): Behaviour {
  let calls = 0;
  return (exchange) => {
    calls += 1;
    return calls % 2 === 1 ? one(exchange) : other(exchange);
  };
}

/** The others are passed on. */
export function only(operations: readonly Operation[], strike: Behaviour): Behaviour {
  return (exchange) => (operations.includes(exchange.operation) ? strike(exchange) : pass(exchange));
}

export function respond(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Behaviour {
  return ({ response }) => response.writeHead(status, headers).end(body);
}

/** What Mastercard's API gateway says before MDES sees a call. */
export function gatewayError(status: number, reasonCode: string): Behaviour {
  const error = { Source: 'Gateway', ReasonCode: reasonCode, Description: reasonCode, Recoverable: false };
  return respond(status, JSON.stringify({ Errors: { Error: [error] } }));
}

/** 100 MB that would be JSON if anybody read to its end. */
export const flood: Behaviour = async ({ response }) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .write('{"responseId":"1","tokenRequestors":[');
  for (let sent = 0; sent < FLOOD_MEGABYTES && !response.destroyed; sent += 1) {
    if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end(']}');
};

export const drip: Behaviour = async ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' ');
    await sleep(DRIP_EVERY_MS);
  }
};

/** 100 MB in 100 kB. */
export function gzipBomb(): Behaviour {
  const bomb = gzipSync(Buffer.alloc(FLOOD_MEGABYTES * MEGABYTE.length, ' '));
  return respond(200, bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
}

/** The answer to a push, with receipts that its signature does not cover. */
export const jwsOverOthers: Behaviour = async ({ answer, response }) => {
  const { status, headers, body } = await answer();
  const { 'content-length': _, ...others } = headers;
  const forged = body.toString().replaceAll(/("pushAccountReceipt":")[^"]{4}/g, '$1FAKE');
  response.writeHead(status, others).end(forged);
};

async function writeHalf({ answer, response }: Parameters<Behaviour>[0]): Promise<void> {
  const { status, headers, body } = await answer();
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)));
  await sleep(FLUSH_MS);
}
