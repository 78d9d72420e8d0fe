/** A database that comes and goes: a statement is answered soon, or turned away at once; it is looked at before use. */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import type { Logger } from '../../../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../../../observability/telemetry.js';
import { DeadlineExceeded, withDeadline } from '../../../resilience/deadline.js';
import { FaultLog } from '../../../resilience/fault-log.js';
import {
  LEDGER_CONNECTION_MS,
  LEDGER_LOOK_MS,
  LEDGER_OPERATION_MS,
} from '../../../resilience/time-limits.js';
import { clientSettings, type Entrance } from './client-settings.js';
import { codeOf, examine, isNotLetIn, mendOf } from './examine.js';
import { PreparedStatements } from './prepared-statements.js';
import type { Statement } from './statements.js';

class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

interface DatabaseOptions extends Entrance {
  /** Called before the database is used, and then every second: when it throws, the database is not used. */
  readonly check: (run: Run) => Promise<void>;
  /** Milliseconds for a statement's answer. */
  readonly operationMs?: number | undefined;
}

interface DatabaseDeps {
  readonly log: Logger;
  readonly telemetry?: Telemetry;
}

export type Run = (statement: Statement, values: readonly unknown[]) => Promise<readonly unknown[]>;

const MOST_CONNECTIONS = 10;
const READY_CONNECTIONS = 4;
/** So many in a row, and nobody waits any more. */
const MOST_FAILURES = 3;
/** From one try to be let in to the next. */
const LET_IN_PAUSE_MS = 5;
/** The server's own words for: not now, or not any more. */
const AWAY_CODES = /^(08|53|57|58|25006|XX)/;

export class Database {
  readonly log: FaultLog;
  readonly #pool: pg.Pool;
  readonly #prepared = new PreparedStatements();
  readonly #deps: DatabaseDeps;
  readonly #check: DatabaseOptions['check'];
  readonly #operationMs: number;
  #entrance: Entrance;
  /** The one before it: while a password or certificate is replaced the server takes the one for a while yet, or not the other before long. */
  #former: Entrance | null = null;
  #isUsed = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #said: string | null = null;
  #caveats = '';

  /** Starts to look; nothing waits for it. */
  constructor(deps: DatabaseDeps, { url, tls, check, operationMs = LEDGER_OPERATION_MS }: DatabaseOptions) {
    this.#deps = deps;
    this.#operationMs = operationMs;
    this.#check = check;
    this.#entrance = { url, tls };
    this.log = new FaultLog(deps.log, 'push ledger', 'pushes are refused');
    this.#pool = new pg.Pool({
      ...clientSettings(this.#entrance),
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: LEDGER_CONNECTION_MS,
      query_timeout: Math.max(LEDGER_CONNECTION_MS, operationMs),
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      application_name: 'token-connect-gateway',
    });
    // An idle connection that breaks would end the process.
    this.#pool.on('error', (error) => this.#failed(error));
    // So would one that breaks between two statements of a look; the next statement says so.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    deps.telemetry?.watch({
      name: 'ledger_connections',
      help: "Connections to the ledger's database: in use, idle, and statements that wait for one.",
      labelNames: ['state'],
      read: () => {
        const { totalCount, idleCount, waitingCount } = this.#pool;
        const states = { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
        return Object.entries(states).map(([state, count]) => [{ state }, count] as const);
      },
    });
    void this.#look();
  }

  get isUp(): boolean {
    return this.#isUsed && !this.#closing;
  }

  /** @throws at once when the database is away, at the deadline when it is silent, and what it answers */
  run: Run = async (statement, values) => {
    if (!this.isUp) throw new DatabaseAway();
    try {
      return await this.#attempt(statement, values);
    } catch (error) {
      if (statement.repeatable !== true || !isSilence(error) || !this.isUp) throw error;
      return this.#attempt(statement, values);
    }
  };

  /** Not used until the next look has found it well. */
  standAside(): void {
    if (!this.#isUsed) return;
    this.#isUsed = false;
    this.#lookIn(LEDGER_LOOK_MS.away);
    this.#tellState();
  }

  /** For connections from now on; those that stand go on. */
  replaceEntrance(entrance: Entrance): void {
    if (isDeepStrictEqual(clientSettings(entrance), clientSettings(this.#entrance))) return;
    this.#former = this.#entrance;
    this.#dialBy(entrance);
  }

  /** Waits for the first look, at most so long. */
  async whenUp(ms: number): Promise<void> {
    const until = performance.now() + ms;
    while (!this.isUp && performance.now() < until) await pause(5, undefined, { ref: false });
    this.#tellState();
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    clearTimeout(this.#timer);
    await Promise.race([this.#pool.end(), pause(LEDGER_CONNECTION_MS, undefined, { ref: false })]);
  }

  #attempt: Run = (statement, values) => {
    const { telemetry = NO_TELEMETRY } = this.#deps;
    return telemetry.upstream({ system: 'ledger', operation: statement.name }, () =>
      this.#ask(statement, values),
    );
  };

  #ask: Run = async (statement, values) => {
    const query = this.#runLetIn(statement, values);
    try {
      const rows = await withDeadline(query, this.#operationMs);
      this.#failures = 0;
      return rows;
    } catch (error) {
      query.catch(() => undefined);
      this.#failed(error);
      throw error;
    }
  };

  /** Who is not let in has asked nothing yet: by the other password or certificate, or over a connection that stands, it may be. */
  #runLetIn: Run = async (statement, values) => {
    const until = performance.now() + this.#operationMs;
    for (;;) {
      const used = this.#entrance;
      try {
        return await this.#prepared.run(this.#pool, statement, values);
      } catch (error) {
        const isHopeless = this.#former === null && this.#pool.totalCount === 0;
        if (!isNotLetIn(error) || isHopeless || performance.now() > until) throw error;
        this.#tryFormer(used);
        await pause(LET_IN_PAUSE_MS);
      }
    }
  };

  #tryFormer(used: Entrance): void {
    // Somebody else has done so already.
    if (this.#former === null || used !== this.#entrance) return;
    const former = this.#former;
    this.#former = this.#entrance;
    this.#dialBy(former);
  }

  #dialBy(entrance: Entrance): void {
    this.#entrance = entrance;
    Object.assign(this.#pool.options, clientSettings(entrance));
  }

  #failed(error: unknown): void {
    const isAnswer = error instanceof pg.DatabaseError;
    if (isAnswer && !AWAY_CODES.test(codeOf(error))) return;
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES || codeOf(error) === 'ECONNREFUSED') this.standAside();
  }

  async #look(): Promise<void> {
    const [wasUsed, used] = [this.#isUsed, this.#entrance];
    try {
      if (!wasUsed) await this.#examine();
      await this.#check(this.#attempt);
      this.#failures = 0;
      this.#said = null;
      this.#isUsed = true;
    } catch (error) {
      if (!wasUsed || this.#failures >= MOST_FAILURES || !isSilence(error)) this.#isUsed = false;
      if (isNotLetIn(error)) this.#tryFormer(used);
      this.#say(error);
    }
    if (this.#isUsed !== wasUsed) this.#tellState();
    this.#lookIn(this.#isUsed ? LEDGER_LOOK_MS.used : LEDGER_LOOK_MS.away);
  }

  async #examine(): Promise<void> {
    const client = await this.#pool.connect();
    let broken = true;
    try {
      this.#tellCaveats(await examine(client));
      broken = false;
    } finally {
      client.release(broken);
    }
    // So that the first pushes need not wait for connections.
    await Promise.all(Array.from({ length: READY_CONNECTIONS }, () => this.#pool.query('select 1')));
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closing) this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  #tellCaveats(caveats: readonly string[]): void {
    const text = caveats.join('\n');
    if (text === this.#caveats) return;
    this.#caveats = text;
    for (const caveat of caveats) {
      this.#deps.log.warn({ event: 'ledger.caveat' }, `push ledger: not guaranteed: ${caveat}`);
    }
  }

  /** Each sentence once, until things are well again. */
  #say(error: unknown): void {
    if (this.#closing) return;
    const mend = mendOf(error);
    if (mend === null) this.log.fault('looking', error);
    else if (mend !== this.#said) {
      this.#said = mend;
      this.#deps.log.error({ event: 'ledger.unfit' }, `push ledger: ${mend}`);
    }
  }

  #tellState(): void {
    if (!this.#closing) this.log.state(this.isUp);
  }
}

/** One answer that did not come in time tells little: the next ones may. */
function isSilence(error: unknown): boolean {
  return error instanceof DeadlineExceeded;
}
