/** What happened at MDES and in its wallets, step by step, for a timeline: ids, last fours and verdicts, nothing that a wallet takes. */
import type { Operation } from '../operations/operation.js';

interface Call {
  readonly kind: 'CALL';
  readonly operation: Operation;
  /** Of a push: the gateway's push id, which `GET /simulator/pushes` has too. */
  readonly requestId?: string | undefined;
  /** The fault that was ordered for it. */
  readonly fault?: string | undefined;
  /** null: nobody got an answer. */
  readonly status: number | null;
  readonly ms: number;
}

interface WalletVisited {
  readonly kind: 'WALLET';
  readonly tokenRequestorId: string;
  readonly name: string;
  /** One for each card; without a result while the account holder has not decided. */
  readonly cards: readonly { readonly lastFour: string; readonly result?: string }[];
}

type NewEvent = Call | WalletVisited;
type SimulatorEvent = NewEvent & { readonly number: number; readonly time: string };

export interface EventLog {
  note(event: NewEvent): void;
  list(): readonly SimulatorEvent[];
  clear(): void;
}

/** What a person can look through; the oldest go first. */
const MOST_EVENTS = 200;

export function createEventLog(): EventLog {
  let events: SimulatorEvent[] = [];
  let count = 0;
  return {
    note(event) {
      count += 1;
      events = [
        ...events.slice(1 - MOST_EVENTS),
        { number: count, time: new Date().toISOString(), ...event },
      ];
    },
    list: () => events,
    clear() {
      events = [];
    },
  };
}
