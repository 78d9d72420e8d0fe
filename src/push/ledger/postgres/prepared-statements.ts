/**
 * Has the ledger's statements carried out by `pg`, in what it calls a submittable: parsed once for each connection, described once for
 * all. Its own queries ask to have the columns described each time and build the row from that, which takes twice as long.
 */
import pg from 'pg';
import type { Statement } from './statements.js';

interface Column {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

type Row = Readonly<Record<string, unknown>>;
type Done = (error: unknown, rows: readonly Row[]) => void;

export class PreparedStatements {
  readonly #columns = new Map<string, readonly Column[]>();
  readonly #parsed = new WeakMap<pg.Connection, Set<string>>();

  /** A connection on which something has failed is not used again. */
  async run(pool: pg.Pool, statement: Statement, values: readonly unknown[]): Promise<readonly Row[]> {
    const parameters = values.map(toParameter);
    return new Promise((resolve, reject) => {
      pool.connect((failed, client, release) => {
        if (client === undefined) return reject(failed);
        const done: Done = (error, rows) => {
          release(error !== null);
          if (error === null) resolve(rows);
          else reject(error);
        };
        client.query(
          new Execution(statement, parameters, done, {
            columns: this.#columns,
            parsedOn: (connection) => this.#parsedOn(connection),
          }),
        );
      });
    });
  }

  #parsedOn(connection: pg.Connection): Set<string> {
    const known = this.#parsed.get(connection) ?? new Set();
    this.#parsed.set(connection, known);
    return known;
  }
}

interface Known {
  readonly columns: Map<string, readonly Column[]>;
  readonly parsedOn: (connection: pg.Connection) => Set<string>;
}

/** What `pg` asks of a submittable, beside `submit`: it puts its own time limit around `callback`. */
class Execution implements pg.Submittable {
  callback: Done;
  readonly #statement: Statement;
  readonly #parameters: readonly Parameter[];
  readonly #known: Known;
  readonly #rows: Row[] = [];
  #unreadable: unknown = null;

  constructor(statement: Statement, parameters: readonly Parameter[], done: Done, known: Known) {
    this.#statement = statement;
    this.#parameters = parameters;
    this.#known = known;
    this.callback = done;
  }

  submit(connection: pg.Connection): null {
    const { name, text } = this.#statement;
    const parsed = this.#known.parsedOn(connection);
    // In one packet.
    connection.stream.cork();
    try {
      if (!parsed.has(name)) connection.parse({ name, text, types: [] }, true);
      connection.bind({ statement: name, values: [...this.#parameters] }, true);
      if (!this.#known.columns.has(name)) connection.describe({ type: 'P' }, true);
      connection.execute({}, true);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    // Where that fails, the connection is given up.
    parsed.add(name);
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    const columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: pg.types.getTypeParser(dataTypeID, 'text') as Column['read'],
    }));
    this.#known.columns.set(this.#statement.name, columns);
  }

  handleDataRow({ fields: values }: { readonly fields: readonly (string | null)[] }): void {
    const columns = this.#known.columns.get(this.#statement.name) ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (const [at, { name, read }] of columns.entries()) {
        const value = values[at] ?? null;
        row[name] = value === null ? null : read(value);
      }
    } catch (error) {
      // It must not end the process from within the reading of a socket.
      this.#unreadable ??= error;
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {
    // What counts is that it is ready for the next one.
  }

  handleError(error: unknown): void {
    this.#end(error);
  }

  handleReadyForQuery(): void {
    this.#end(this.#unreadable);
  }

  #end(error: unknown): void {
    const done = this.callback;
    this.callback = () => undefined;
    done(error, this.#rows);
  }
}

type Parameter = string | Buffer | null;

function toParameter(value: unknown): Parameter {
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `{${value.map(toElement).join()}}`;
  throw new TypeError('a value that no statement of the ledger takes');
}

function toElement(value: unknown): string {
  return `"${String(value).replace(/[\\"]/g, '\\$&')}"`;
}
