/** Counts the requests that arrived at each operation, whatever became of them. */
import { OPERATIONS, type Operation } from '../operations/operation.js';

export interface CallCounter {
  count(operation: Operation): void;
  counts(): Readonly<Record<Operation, number>>;
  reset(): void;
}

export function createCallCounter(): CallCounter {
  const calls = new Map<Operation, number>();
  const of = (operation: Operation): number => calls.get(operation) ?? 0;
  return {
    count(operation) {
      calls.set(operation, of(operation) + 1);
    },
    counts: () => ({
      getEligibleTokenRequestors: of(OPERATIONS[0]),
      getAsset: of(OPERATIONS[1]),
      pushMultipleAccounts: of(OPERATIONS[2]),
    }),
    reset() {
      calls.clear();
    },
  };
}
