/** Audit lines as RFC 5424 datagrams to a syslog relay on this machine: what gets lost on the way is missing in the chain. */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditSink } from './sink.js';

const MOST_DATAGRAMS = 10_000;
const LAST_WAIT_MS = 500;
/** Facility 13, log audit; severity 6, informational. */
const PRIORITY = 13 * 8 + 6;

export class SyslogSink implements AuditSink {
  readonly #socket: Socket;
  readonly #target: { readonly host: string; readonly port: number };
  #underWay = 0;
  #isWell = true;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
    this.#socket = createSocket(isIPv6(target.host) ? 'udp6' : 'udp4');
    this.#socket.on('error', () => {
      this.#isWell = false;
    });
    this.#socket.unref();
  }

  write(line: string): boolean {
    if (this.#underWay >= MOST_DATAGRAMS) return false;
    this.#underWay += 1;
    const head = `<${PRIORITY}>1 ${new Date().toISOString()} ${hostname()} token-connect-gateway ${process.pid} audit - `;
    this.#socket.send(head + line.trimEnd(), this.#target.port, this.#target.host, (error) => {
      this.#underWay -= 1;
      this.#isWell = error === null;
    });
    return true;
  }

  isWell(): boolean {
    return this.#isWell;
  }

  async end(): Promise<void> {
    for (const until = performance.now() + LAST_WAIT_MS; this.#underWay > 0 && performance.now() < until; ) {
      await pause(5);
    }
    this.#socket.close();
  }
}
