/** A process of the suite that is asked by messages; it ends with the one that started it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Question {
  readonly id: number;
  readonly kind: string;
  readonly value: unknown;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #said = { stdout: '', stderr: '' };
  readonly #ended: Promise<void>;
  #asked = 0;

  /** @param name of a file beside main.js in the bundle */
  constructor(
    name: string,
    nodeOptions: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    this.#process = fork(file, { env: environment, execArgv: [...nodeOptions], silent: true });
    for (const from of ['stdout', 'stderr'] as const) {
      this.#process[from]?.setEncoding('utf8').on('data', (text: string) => {
        this.#said[from] += text;
      });
    }
    this.#process.on('message', (message) => this.#take(message as Answer));
    this.#ended = new Promise((resolve) => {
      this.#process.once('close', () => {
        for (const { reject } of this.#waiting.values()) {
          reject(new Error(`${name} ended:\n${this.#said.stderr.slice(-2000)}`));
        }
        resolve();
      });
    });
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get stdout(): string {
    return this.#said.stdout;
  }

  get stderr(): string {
    return this.#said.stderr;
  }

  ask<T>(kind: string, value?: unknown): Promise<T> {
    this.#asked += 1;
    const question: Question = { id: this.#asked, kind, value };
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, { resolve: resolve as (value: unknown) => void, reject });
      this.#process.send(question, (error) => error !== null && reject(error));
    });
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  #take({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}

/** The other end: answers what is asked. */
export function answerParent(answers: Readonly<Record<string, (value: never) => unknown>>): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async ({ id, kind, value }: Question) => {
    try {
      process.send?.({ id, value: await answers[kind]?.(value as never) } satisfies Answer);
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}
