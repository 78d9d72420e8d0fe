/** All that the simulator remembers; a reset makes it forget. */
import type { MagicOutcome } from '../catalogue/magic.js';
import { createFaultQueue, type FaultQueue } from '../http/fault-queue.js';
import type { OrderedFault } from '../operations/faults.js';
import { OPERATIONS, type Operation } from '../operations/operation.js';
import { type CallCounter, createCallCounter } from './call-counter.js';
import { createEventLog, type EventLog } from './event-log.js';
import { createExchangeLog, type ExchangeLog } from './exchange-log.js';
import { createPushLog, type PushLog } from './push-log.js';
import { createReceiptBook, type ReceiptBook } from './receipt-book.js';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.js';

export interface SimulatorState {
  readonly calls: CallCounter;
  readonly pushes: PushLog;
  readonly events: EventLog;
  readonly exchanges: ExchangeLog;
  /** What the next pushes are made to come to. */
  readonly outcomes: FaultQueue<MagicOutcome>;
  readonly receipts: ReceiptBook;
  readonly clock: SimulatedClock;
  faults(operation: Operation): FaultQueue<OrderedFault>;
  reset(): void;
}

export function createSimulatorState(): SimulatorState {
  const clock = createSimulatedClock();
  const calls = createCallCounter();
  const pushes = createPushLog(clock);
  const events = createEventLog();
  const exchanges = createExchangeLog();
  const outcomes = createFaultQueue<MagicOutcome>();
  const receipts = createReceiptBook(clock);
  const queues: Readonly<Record<Operation, FaultQueue<OrderedFault>>> = {
    getEligibleTokenRequestors: createFaultQueue(),
    getAsset: createFaultQueue(),
    pushMultipleAccounts: createFaultQueue(),
  };
  return {
    calls,
    pushes,
    events,
    exchanges,
    outcomes,
    receipts,
    clock,
    faults: (operation) => queues[operation],
    reset() {
      calls.reset();
      pushes.clear();
      events.clear();
      exchanges.clear();
      outcomes.clear();
      receipts.clear();
      clock.reset();
      for (const operation of OPERATIONS) queues[operation].clear();
    },
  };
}
