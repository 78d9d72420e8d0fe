/** What tests that measure time have in common. */

/**
 * A bound on time, as it is judged here. `npm run faults -- T1` runs the tests one after the other and holds the bound; beside
 * other workers, which take the processor away for whole moments, `npm test` allows ten times as much, so that what hangs or
 * waits for a deadline of another order still fails.
 */
export function within(limitMs: number): number {
  return process.env['MEASURE_TIME'] === 'exactly' ? limitMs : 10 * limitMs;
}

/** Milliseconds that this process has computed since, on whatever machine and whoever else was at it. */
export function cpuTimer(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
