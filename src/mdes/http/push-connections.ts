/** The connections that pushes go over: one push at a time, and again only for another that follows closely. */
import { Client } from 'undici';
import { exchange, type HttpAnswer, type HttpRequest } from '../../resilience/http-exchange.js';

/**
 * A push that is written to a connection which the other side is just closing has an end that nobody knows. No server and
 * nothing on the way closes one so soon for its idleness, and undici looks whether it has been closed before it writes.
 */
const MOST_IDLE_MS = 500;

export class PushConnections {
  readonly #open: () => Client;
  readonly #idle: Client[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(origin: string, options: Client.Options) {
    const idle = { keepAliveTimeout: MOST_IDLE_MS, keepAliveMaxTimeout: MOST_IDLE_MS };
    this.#open = () => new Client(origin, { ...options, ...idle });
  }

  /** @throws TransportError */
  send(request: HttpRequest): Promise<HttpAnswer> {
    const push = this.#send(request).finally(() => this.#underWay.delete(push));
    this.#underWay.add(push);
    return push;
  }

  /** Waits for the pushes that are under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
    await Promise.all(this.#idle.splice(0).map((client) => client.destroy()));
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    // The last that was used: the others soon end by themselves.
    const client = this.#idle.pop() ?? this.#opened();
    try {
      const answer = await exchange(client, request);
      if (answer.fault === null && client.stats.connected && !this.#isClosed) this.#idle.push(client);
      else void client.destroy();
      return answer;
    } catch (error) {
      // Whatever may still wait for a connection is not sent any more.
      void client.destroy();
      throw error;
    }
  }

  #opened(): Client {
    const client = this.#open();
    client.on('disconnect', () => {
      const at = this.#idle.indexOf(client);
      if (at < 0) return;
      this.#idle.splice(at, 1);
      void client.destroy();
    });
    return client;
  }
}
