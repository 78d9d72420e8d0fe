/** Loaded into a gateway before it starts: tells how its event loop and its heap are, and takes CPU profiles, when it is asked. */
import type { Session } from 'node:inspector/promises';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CpuProfile } from '../profile-groups.js';

const RESOLUTION_MS = 1;
const SAMPLE_MICROSECONDS = 500;
const NANOSECONDS_A_MS = 1e6;

let delay: IntervalHistogram | undefined;
let session: Session | undefined;

const answers: Readonly<Record<string, () => unknown>> = {
  watchLoop(): void {
    delay ??= monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    delay.reset();
  },
  /** Milliseconds beyond the pace of the timer that watches. */
  loopHeld(): { readonly p99Ms: number; readonly maxMs: number } {
    const late = (nanoseconds = 0) => Math.max(0, nanoseconds / NANOSECONDS_A_MS - RESOLUTION_MS);
    const held = { p99Ms: late(delay?.percentile(99)), maxMs: late(delay?.max) };
    delay?.disable();
    return held;
  },
  /** After a collection, so that it is what is held. */
  heapMb(): number {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
  },
  startProfile,
  async stopProfile(): Promise<CpuProfile> {
    if (session === undefined) throw new Error('no profile was started');
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  },
};

async function startProfile(): Promise<void> {
  const { Session: NewSession } = await import('node:inspector/promises');
  session = new NewSession();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
  await session.post('Profiler.start');
}

if (process.env['PROBE_PROFILES'] === 'from the start') await startProfile();
process.on('message', async ({ id, kind }: { readonly id: number; readonly kind: string }) => {
  try {
    process.send?.({ id, value: await answers[kind]?.() });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
// The channel holds nobody back from ending.
process.channel?.unref();
process.once('disconnect', () => process.exit());
