/** The load process, seen from the bench. */
import { PinnedProcess } from '../servers/pinned-process.js';
import type { ClosedPlan, LoadResult, OpenPlan, PreparedRequests } from './plan.js';

export class Load {
  readonly process = PinnedProcess.node('load', 'load', 'load-process');
  #named = 0;

  /** Resolves with the name that they are known by. */
  async prepare(requests: readonly string[], mustHold?: string): Promise<string> {
    this.#named += 1;
    const name = String(this.#named);
    const order: PreparedRequests = { name, requests, ...(mustHold !== undefined && { mustHold }) };
    await this.process.ask('prepare', order);
    return name;
  }

  closed(plan: ClosedPlan): Promise<LoadResult> {
    return this.process.ask('closed', plan);
  }

  open(plan: OpenPlan): Promise<LoadResult> {
    return this.process.ask('open', plan);
  }
}

/** @throws when an answer was not as it must be */
export function requireRight(name: string, { answers, wrong, firstWrong }: LoadResult): void {
  if (answers === 0) throw new Error(`${name}: no answer at all`);
  if (wrong > 0)
    throw new Error(`${name}: ${wrong} of ${answers} answers are wrong, the first: ${firstWrong}`);
}
