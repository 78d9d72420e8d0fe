/** Stands between the gateways and MDES: counts what arrives, and does to it what a row wants. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { now } from '../load/load-plan.js';
import {
  type Behaviour,
  type Operation,
  operationOf,
  pass,
  type UpstreamAnswer,
  type UpstreamCall,
} from './exchange.js';

export class ChaosProxy {
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #port = 0;
  #pool: Pool | undefined;
  #behaviour: Behaviour = pass;
  #calls: UpstreamCall[] = [];
  #readsInFlight = 0;
  #mostReadsInFlight = 0;

  static async start(): Promise<ChaosProxy> {
    const proxy = new ChaosProxy();
    await proxy.accept();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  set target(url: string) {
    this.#pool = new Pool(url, { connections: 100 });
  }

  behave(behaviour: Behaviour): void {
    this.#behaviour = behaviour;
  }

  /** Nothing listens any more: connections are refused. */
  async refuse(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async accept(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  calls(operation: Operation, since = 0): UpstreamCall[] {
    return this.#calls.filter((call) => call.operation === operation && call.at >= since);
  }

  get mostReadsInFlight(): number {
    return this.#mostReadsInFlight;
  }

  /** As at the start. */
  async clear(): Promise<void> {
    await this.accept();
    this.#server.closeAllConnections();
    this.#behaviour = pass;
    this.#calls = [];
    this.#mostReadsInFlight = 0;
  }

  async close(): Promise<void> {
    await this.refuse();
    await this.#pool?.destroy();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request).catch(() => undefined);
    if (body === undefined) return;
    const operation = operationOf(request.url ?? '');
    const text = body.toString();
    const requestId = /"requestId":"([^"]+)"/.exec(text)?.[1];
    const subject = text.replace(/"requestId":"[^"]+"/, operation === 'pushMultipleAccounts' ? '$&' : '');
    const call = { operation, at: now(), requestId, subject: `${request.url} ${subject}` };
    this.#calls.push(call);
    if (operation !== 'pushMultipleAccounts') this.#countRead(response);
    try {
      await this.#behaviour({ ...call, request, response, answer: () => this.#forward(request, body) });
    } catch {
      response.destroy();
    }
  }

  #countRead(response: ServerResponse): void {
    this.#readsInFlight += 1;
    this.#mostReadsInFlight = Math.max(this.#mostReadsInFlight, this.#readsInFlight);
    response.once('close', () => {
      this.#readsInFlight -= 1;
    });
  }

  async #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<UpstreamAnswer> {
    const { host: _, connection: __, ...onward } = headers;
    const answer = await this.#pool?.request({
      method: method === 'POST' ? 'POST' : 'GET',
      path: url ?? '/',
      headers: onward,
      body: body.length > 0 ? body : null,
    });
    if (answer === undefined) throw new Error('there is nothing behind the proxy');
    const { connection: ___, 'transfer-encoding': ____, ...back } = answer.headers;
    return { status: answer.statusCode, headers: back, body: Buffer.from(await answer.body.arrayBuffer()) };
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
