/** The span to which whatever is asked of others belongs, wherever in the code it is asked. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';

/** Far longer than what an operation does between asking one and another. */
const QUIET_MS = 100;

/**
 * Before Node 24 an AsyncLocalStorage makes each promise and callback of the process dearer from its first use on, by 4 % of a hot
 * request. So it is given up while nothing is followed; its next use takes it up again.
 */
export class SpanContexts {
  readonly #storage = new AsyncLocalStorage<Context>();
  readonly #look = setInterval(() => this.#giveUp(), QUIET_MS).unref();
  #underWay = 0;
  #isQuiet = true;

  /** Something is followed. An operation whose caller has gone goes on, so what it asks of others counts by itself. */
  begin(): void {
    this.#underWay += 1;
    this.#isQuiet = false;
  }

  end(): void {
    this.#underWay -= 1;
  }

  with<T>(context: Context, work: () => T): T {
    return this.#storage.run(context, work);
  }

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  close(): void {
    clearInterval(this.#look);
    this.#storage.disable();
  }

  #giveUp(): void {
    if (this.#underWay > 0) return;
    if (this.#isQuiet) this.#storage.disable();
    this.#isQuiet = true;
  }
}
