/** Parts that have to be closed: in reverse order of their making, also when the making of the whole fails half-way. */
import type { Logger } from '../observability/logger.js';

export class OwnedParts {
  readonly #log: Logger;
  readonly #closers: (() => unknown)[] = [];
  #closing: Promise<void> | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Gives `part`, which from here on is closed with the others. */
  add<T>(part: T, close: (part: T) => unknown): T {
    this.#closers.push(() => close(part));
    return part;
  }

  /** Once, however often it is asked for. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  /** One part that cannot close keeps none of the others open. */
  async #closeAll(): Promise<void> {
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        this.#log.error({ err: error }, 'a part did not close');
      }
    }
  }
}

/** Makes a whole of parts that close with it. */
export async function assemble<T extends object>(
  log: Logger,
  make: (owned: OwnedParts) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
  const owned = new OwnedParts(log);
  try {
    return { ...(await make(owned)), close: () => owned.close() };
  } catch (error) {
    await owned.close();
    throw error;
  }
}
