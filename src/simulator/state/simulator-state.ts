/** All that the simulator remembers; a reset makes it forget. */
import { createFaultQueue, type FaultQueue } from '../http/fault-queue.js';
import type { OrderedFault } from '../operations/faults.js';
import { OPERATIONS, type Operation } from '../operations/operation.js';
import { type CallCounter, createCallCounter } from './call-counter.js';
import { createEventLog, type EventLog } from './event-log.js';
import { createPushLog, type PushLog } from './push-log.js';
import { createReceiptBook, type ReceiptBook } from './receipt-book.js';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.js';

export interface SimulatorState {
  readonly calls: CallCounter;
  readonly pushes: PushLog;
  readonly events: EventLog;
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
    receipts,
    clock,
    faults: (operation) => queues[operation],
    reset() {
      calls.reset();
      pushes.clear();
      events.clear();
      receipts.clear();
      clock.reset();
      for (const operation of OPERATIONS) queues[operation].clear();
    },
  };
}
