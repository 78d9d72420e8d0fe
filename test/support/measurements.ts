/** What tests that measure time have in common. */
import { jest } from '@jest/globals';

/**
 * For a file that measures time beside two other workers on two cores: what fails in it is taken once more, and its
 * failure is shown. Never for one that draws at random: there a second try would hide a fault.
 */
export function takeFailedMeasurementsOnceMore(): void {
  jest.retryTimes(1, { logErrorsBeforeRetry: true });
}

/** Milliseconds that this process has computed since, on whatever machine and whoever else was at it. */
export function cpuTimer(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
