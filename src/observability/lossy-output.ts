/** Lines to stdout or stderr, and nobody ever waits for whoever reads them: what is not taken is kept, and beyond a limit dropped and counted. */
import { writeSync } from 'node:fs';

export const STDOUT = 1;
export const STDERR = 2;

const MOST_WAITING_BYTES = 2 ** 18;
/** Beyond that, for lines that a flood of others must not crowd out. */
const RESERVED_BYTES = 2 ** 20;
const RETRY_MS = 20;
const LAST_WAIT_MS = 200;

export class LossyOutput {
  /** Called once lines are taken again. */
  onDropped: (lines: number) => void = () => undefined;
  readonly #fd: number;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #dropped = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(fd: typeof STDOUT | typeof STDERR) {
    this.#fd = fd;
    // Node makes a pipe non-blocking when its stream is asked for the first time: from then on a full one says EAGAIN.
    void (fd === STDOUT ? process.stdout : process.stderr);
  }

  /** At once where it can be: a line that is still in memory when the process dies is the one that was needed. */
  write(line: string): void {
    if (this.#dropped > 0 || this.#bytes >= MOST_WAITING_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#take(line);
  }

  /** For a line that must not get lost unseen: it has room of its own. false: there is none left, and it was not taken. */
  offer(line: string | Buffer): boolean {
    if (this.#bytes >= MOST_WAITING_BYTES + RESERVED_BYTES) return false;
    this.#take(line);
    return true;
  }

  /** Nobody takes the lines just now. */
  get isStuck(): boolean {
    return this.#bytes >= MOST_WAITING_BYTES;
  }

  #take(line: string | Buffer): void {
    const bytes = typeof line === 'string' ? Buffer.from(line) : line;
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    if (this.#retry === undefined) this.#flush();
  }

  /** For the end of the process: what still waits has a moment to be taken. */
  async end(): Promise<void> {
    const until = performance.now() + LAST_WAIT_MS;
    while (this.#bytes > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  #flush(): void {
    this.#retry = undefined;
    this.#writeWaiting();
    // Only below half, so that a slow reader does not get a count after every line.
    if (this.#dropped > 0 && this.#bytes < MOST_WAITING_BYTES / 2) {
      const lines = this.#dropped;
      this.#dropped = 0;
      this.onDropped(lines);
    }
    if (this.#bytes > 0) this.#retry ??= setTimeout(() => this.#flush(), RETRY_MS).unref();
  }

  #writeWaiting(): void {
    let rest = Buffer.concat(this.#waiting);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#fd, rest));
    } catch {
      // Full, nobody there, no room on the disk: each may end, and there is nowhere to say it.
    }
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
  }
}
