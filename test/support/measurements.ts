/** What tests that measure time have in common. */

/**
 * A bound on time, as it is judged here. `npm run faults -- T1` runs the tests one after the other and holds the bound; beside
 * other workers, which take the processor away for whole moments, `npm test` allows ten times as much, so that what hangs or
 * waits for a deadline of another order still fails.
 */
export function within(limitMs: number): number {
  return process.env['MEASURE_TIME'] === 'exactly' ? limitMs : 10 * limitMs;
}

/**
 * Milliseconds since, as far as this process is to blame: by the clock where time is measured exactly, else those that it has
 * computed. A request that waits behind others costs both; beside other workers the clock runs on for reasons of theirs.
 */
export function blameTimer(): () => number {
  if (process.env['MEASURE_TIME'] !== 'exactly') return cpuTimer();
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
}

/** Milliseconds that this process has computed since, on whatever machine and whoever else was at it. */
export function cpuTimer(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
