/**
 * One kept-alive connection that sends prepared bytes and looks for the end of each answer, and nothing more: no parser, no
 * objects for each request, one buffer for all that comes in. A client like undici costs more than the fastest servers here.
 */
import { connect, type Socket } from 'node:net';

const BUFFER_BYTES = 256 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const OK = '200';
/** However it is spaced. */
const ERRORS = /^\{\s*"errors"/;
const ERRORS_LENGTH = 24;
const SHOWN = 240;

export const BROKEN = 'the connection was closed';

export interface Taken {
  /** Of the body. */
  readonly bytes: number;
  /** null: right. */
  readonly wrong: string | null;
}

export class Connection {
  readonly #socket: Socket;
  readonly #taken: (connection: Connection, answer: Taken) => void;
  readonly ready: Promise<void>;
  #mustHold: Buffer | null = null;
  /** Of a head that came in parts. */
  #rest: Buffer | null = null;
  /** Of the body, still to come; -1: an answer's head comes next; Infinity: in chunks. */
  #left = -1;
  #bytes = 0;
  #wrong: string | null = null;
  /** When what is under way was sent, or meant to be. */
  sentAt = 0;

  constructor(port: number, taken: (connection: Connection, answer: Taken) => void) {
    this.#taken = taken;
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    const callback = (length: number) => {
      this.#read(buffer.subarray(0, length));
      return true;
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } });
    this.ready = new Promise((resolve, reject) => {
      this.#socket.once('connect', () => resolve()).once('error', reject);
    });
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => this.#end(BROKEN));
  }

  send(request: Buffer, mustHold: Buffer | null): void {
    this.#mustHold = mustHold;
    this.#bytes = 0;
    this.#wrong = null;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #read(part: Buffer): void {
    const chunk = this.#rest === null ? part : Buffer.concat([this.#rest, part]);
    this.#rest = null;
    let at = 0;
    while (at < chunk.length) {
      if (this.#left < 0) {
        const end = chunk.indexOf(HEAD_END, at);
        if (end < 0) {
          this.#rest = Buffer.from(chunk.subarray(at));
          return;
        }
        this.#readHead(chunk.toString('latin1', at, end));
        at = end + HEAD_END.length;
      } else at += this.#readBody(chunk, at);
      if (this.#left === 0) this.#end(null);
    }
  }

  #readHead(head: string): void {
    const status = head.slice(9, 12);
    if (status !== OK) this.#wrong = `status ${status}`;
    const [, length] = /\ncontent-length: *(\d+)/i.exec(head) ?? [];
    this.#left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  }

  /** How much of the chunk belongs to it. */
  #readBody(chunk: Buffer, at: number): number {
    // What it must hold stands in its first part.
    if (this.#bytes === 0) this.#wrong ??= this.#wrongIn(chunk, at);
    const taken = Math.min(this.#left, chunk.length - at);
    this.#bytes += taken;
    if (this.#left !== Number.POSITIVE_INFINITY) this.#left -= taken;
    else if (chunk.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) this.#left = 0;
    return taken;
  }

  #wrongIn(chunk: Buffer, at: number): string | null {
    const hasErrors = ERRORS.test(chunk.toString('latin1', at, at + ERRORS_LENGTH));
    const isHeld = this.#mustHold === null || chunk.indexOf(this.#mustHold, at) >= 0;
    return hasErrors || !isHeld ? chunk.toString('latin1', at, at + SHOWN) : null;
  }

  #end(broken: string | null): void {
    this.#left = -1;
    this.#taken(this, { bytes: this.#bytes, wrong: broken ?? this.#wrong });
  }
}
