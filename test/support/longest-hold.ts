/** How long work holds the event loop, as far as it is to blame: what others do on the machine meanwhile does not count. */
import { setImmediate as turn } from 'node:timers/promises';
import { cpuTimer } from './measurements.js';

/** @returns what `work` gives, and the most milliseconds that this process has computed between two turns meanwhile */
export async function longestHold<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly holdMs: number }> {
  let holdMs = 0;
  let underWay = true;
  const watch = async () => {
    while (underWay) {
      const computed = cpuTimer();
      await turn();
      holdMs = Math.max(holdMs, computed());
    }
  };
  const watching = watch();
  const result = await work().finally(() => {
    underWay = false;
  });
  await watching;
  return { result, holdMs };
}
