/** Audit lines as RFC 5424 datagrams to a syslog relay on this machine: what gets lost on the way is missing in the chain. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../domain/error-code.js';
import { type AuditSink, AuditSinkError } from './sink.js';

const MOST_DATAGRAMS = 10_000;
const LAST_WAIT_MS = 500;
/** The system tells with one datagram that another found nobody: after such a word it takes some that go well. */
const WELL_AGAIN_MS = 10_000;
/** Facility 13, log audit; severity 6, informational. */
const PRIORITY = 13 * 8 + 6;

export class SyslogSink implements AuditSink {
  readonly #socket: Socket;
  #underWay = 0;
  #failedAt = Number.NEGATIVE_INFINITY;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => this.#fail());
  }

  /** @throws AuditSinkError */
  static async open({ host, port }: { readonly host: string; readonly port: number }): Promise<SyslogSink> {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4').unref();
    try {
      socket.connect(port, host);
      await once(socket, 'connect');
      return new SyslogSink(socket);
    } catch (error) {
      throw new AuditSinkError(`AUDIT_LOG names a syslog that cannot be reached (${errorCode(error)}).`);
    }
  }

  write(line: string): boolean {
    if (this.#underWay >= MOST_DATAGRAMS) return false;
    this.#underWay += 1;
    const head = `<${PRIORITY}>1 ${new Date().toISOString()} ${hostname()} token-connect-gateway ${process.pid} audit -`;
    this.#socket.send(`${head} ${line.trimEnd()}`, (error) => {
      this.#underWay -= 1;
      if (error !== null) this.#fail();
    });
    return true;
  }

  isWell(): boolean {
    return performance.now() - this.#failedAt > WELL_AGAIN_MS;
  }

  async end(): Promise<void> {
    for (const until = performance.now() + LAST_WAIT_MS; this.#underWay > 0 && performance.now() < until; ) {
      await pause(5);
    }
    this.#socket.close();
  }

  #fail(): void {
    this.#failedAt = performance.now();
  }
}
