/** Audit lines appended to a file of their own: written in order and in one go, and again where the file was moved away. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../domain/error-code.js';
import { type AuditSink, AuditSinkError } from './sink.js';

/** For the owner alone. */
const MODE = 0o600;
/** Some ten thousand lines. */
const MOST_WAITING_BYTES = 4 * 2 ** 20;
/** From one look at whether the file was moved to the next. */
const LOOK_MS = 1000;
const RETRY_MS = 250;
const LAST_WAIT_MS = 500;

export class FileSink implements AuditSink {
  readonly #path: string;
  #file: FileHandle;
  #lookedAt = performance.now();
  #waiting: Buffer[] = [];
  #bytes = 0;
  #isWriting = false;
  #isWell = true;
  #isEnded = false;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws AuditSinkError */
  static async open(path: string): Promise<FileSink> {
    try {
      return new FileSink(path, await openAtLineStart(path));
    } catch (error) {
      throw new AuditSinkError(
        `AUDIT_LOG names a file that cannot be written (${errorCode(error)}). Check path and rights.`,
      );
    }
  }

  write(line: string): boolean {
    if (this.#isEnded || this.#bytes >= MOST_WAITING_BYTES) return false;
    const bytes = Buffer.from(line);
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    if (!this.#isWriting) void this.#writeWaiting();
    return true;
  }

  isWell(): boolean {
    return this.#isWell;
  }

  async end(): Promise<void> {
    for (const until = performance.now() + LAST_WAIT_MS; this.#bytes > 0 && performance.now() < until; ) {
      await pause(5);
    }
    this.#isEnded = true;
    await this.#file.close().catch(() => undefined);
  }

  async #writeWaiting(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0 && !this.#isEnded) {
      let rest = Buffer.concat(this.#waiting);
      this.#waiting = [];
      try {
        await this.#followMoved();
        while (rest.length > 0) {
          const { bytesWritten } = await this.#file.write(rest);
          rest = rest.subarray(bytesWritten);
          this.#bytes -= bytesWritten;
        }
        this.#isWell = true;
      } catch {
        // No room on the disk, no rights any more: the trail tells, and what is left is tried again.
        this.#isWell = false;
        this.#waiting.unshift(rest);
        await pause(RETRY_MS, undefined, { ref: false });
      }
    }
    this.#isWriting = false;
  }

  /** Logs are rotated by moving them; where they are copied and cut instead, we append at their new end by ourselves. */
  async #followMoved(): Promise<void> {
    if (performance.now() - this.#lookedAt < LOOK_MS) return;
    const [ours, there] = await Promise.all([this.#file.stat(), stat(this.#path).catch(() => undefined)]);
    if (there?.ino !== ours.ino || there.dev !== ours.dev) {
      const moved = this.#file;
      this.#file = await openAtLineStart(this.#path);
      await moved.close();
    }
    // Not where that failed: nothing goes to a file that nobody finds.
    this.#lookedAt = performance.now();
  }
}

/** A process that was killed while it wrote may have left half a line: ours must not begin behind it. */
async function openAtLineStart(path: string): Promise<FileHandle> {
  const file = await open(path, 'a+', MODE);
  const { size } = await file.stat();
  if (size > 0) {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer.toString() !== '\n') await file.write('\n');
  }
  return file;
}
