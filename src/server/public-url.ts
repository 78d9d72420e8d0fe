/** The URL that clients see, without trailing slash: the configured one, or else where the server turns out to listen. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PublicUrl {
  #value: string | null;

  constructor(configured: string | null) {
    this.#value = configured;
  }

  /** Settles it as the server begins to listen, before a request can come in. */
  follow(server: Server): void {
    server.once('listening', () => {
      const address = server.address();
      if (address !== null && typeof address !== 'string') this.#value ??= urlOf(address);
    });
  }

  get value(): string {
    if (this.#value === null) throw new TypeError('nobody listens yet, so there is no public URL');
    return this.#value;
  }
}

function urlOf({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
