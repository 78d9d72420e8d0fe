/** The simulator that stands in for MDES: what it saw, what it is told to do wrong, and its wallets' pages. */
import { Store } from './store.js';

interface EventBase {
  readonly number: number;
  readonly time: string;
}
export type SimulatorEvent =
  | (EventBase & {
      readonly kind: 'CALL';
      readonly operation: string;
      readonly requestId?: string;
      readonly fault?: string;
      readonly status: number | null;
      readonly ms: number;
    })
  | (EventBase & {
      readonly kind: 'WALLET';
      readonly name: string;
      readonly cards: readonly { readonly lastFour: string; readonly result?: string }[];
    });

export interface SeenByMdes {
  readonly events: readonly SimulatorEvent[];
  /** What MDES decrypted of a push, by the push's id. */
  readonly pushes: ReadonlyMap<string, SeenPush>;
}

export interface SeenPush {
  readonly requestId: string;
  readonly verdict: 'PUSHED' | 'PARTLY_PUSHED' | 'REFUSED';
}

const NOTHING: SeenByMdes = { events: [], pushes: new Map() };
/** The faults that a push can be struck by, in the order of the menu. */
export const PUSH_FAULTS = ['errors', '500', 'malformed', 'reset', 'delay', 'hang'] as const;
export type PushFault = (typeof PUSH_FAULTS)[number];

export class Simulator {
  readonly seen = new Store(NOTHING);
  readonly #url: string;
  #reading = false;

  /** @param url with a slash at its end */
  constructor(url: string) {
    this.#url = url;
  }

  /** Reads what is new; where there is no simulator, nothing is. */
  async look(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const { events } = await this.#get<{ readonly events: readonly SimulatorEvent[] }>('simulator/events');
      const known = this.seen.value;
      if (events.at(-1)?.number === known.events.at(-1)?.number) return;
      const pushes = events.some((event) => event.kind === 'CALL' && isUnknownPush(event, known))
        ? await this.#pushes()
        : known.pushes;
      this.seen.update(() => ({ events, pushes }));
    } catch {
      // The pane then shows the gateway's side alone.
    } finally {
      this.#reading = false;
    }
  }

  failNextPush(fault: PushFault): Promise<void> {
    const delay = fault === 'delay' ? { delayMs: 3000 } : {};
    return this.#post('simulator/faults', { operation: 'pushMultipleAccounts', fault, times: 1, ...delay });
  }

  advanceClock(minutes: number): Promise<void> {
    return this.#post('simulator/clock', { advanceMs: minutes * 60_000 });
  }

  async reset(): Promise<void> {
    await this.#post('simulator/reset', {});
    this.seen.update(() => NOTHING);
  }

  /** The URL as it stands where it leads to a page of the simulator; else the page that stands in for that wallet, with the same query. */
  pageFor(tokenRequestorId: string, handOffUrl: string): string {
    if (handOffUrl.startsWith(this.#url)) return handOffUrl;
    return `${this.#url}wallet/${tokenRequestorId}/push?${handOffUrl.split('?').slice(1).join('?')}`;
  }

  /** The wallet's own page, as its SDK would open it. */
  sdkPageFor(tokenRequestorId: string, digitizationData: string, app: string): string {
    const query = new URLSearchParams({ data: digitizationData, app });
    return `${this.#url}wallet/${tokenRequestorId}/add?${query}`;
  }

  async #pushes(): Promise<ReadonlyMap<string, SeenPush>> {
    const { pushes } = await this.#get<{ readonly pushes: readonly SeenPush[] }>('simulator/pushes');
    return new Map(pushes.map((push) => [push.requestId, push]));
  }

  async #get<T>(path: string): Promise<T> {
    const response = await fetch(this.#url + path);
    return (await response.json()) as T;
  }

  /** As plain text, which needs no preflight. */
  async #post(path: string, body: object): Promise<void> {
    await fetch(this.#url + path, { method: 'POST', body: JSON.stringify(body) });
  }
}

function isUnknownPush({ requestId }: { readonly requestId?: string }, { pushes }: SeenByMdes): boolean {
  return requestId !== undefined && !pushes.has(requestId);
}
