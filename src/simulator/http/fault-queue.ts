/** Faults waiting for their calls: first ordered, first to strike. */

export interface FaultQueue<Fault> {
  order(fault: Fault, times: number): void;
  /** The fault for this call, which is thereby used up. */
  take(): Fault | undefined;
  clear(): void;
}

export function createFaultQueue<Fault>(): FaultQueue<Fault> {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    order(fault, times) {
      waiting.push({ fault, left: times });
    },
    take() {
      const first = waiting[0];
      if (first === undefined) return undefined;
      first.left -= 1;
      if (first.left <= 0) waiting.shift();
      return first.fault;
    },
    clear() {
      waiting = [];
    },
  };
}
