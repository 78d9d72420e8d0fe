/** CPU time and memory of a process, and how busy a core is, as the system counts them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const HAS_PROC = existsSync('/proc/self/schedstat');
const NANOSECONDS_A_MS = 1e6;
const TICK_MS = 10;

/** Of all of its threads so far. */
export function cpuMsOf(pid: number): number {
  if (!HAS_PROC) return cpuMsByPs(pid);
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + cpuMsOfThread(pid, thread), 0);
}

/** Of the thread that runs JavaScript. */
export function mainCpuMsOf(pid: number): number {
  return HAS_PROC ? cpuMsOfThread(pid, String(pid)) : Number.NaN;
}

/** Resident. */
export function memoryMbOf(pid: number): number {
  if (!HAS_PROC) return Number(ps(pid, 'rss')) / 1024;
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Busy time of a core so far, whoever had it. */
export function busyMsOf(core: number): number {
  if (!HAS_PROC) return Number.NaN;
  const line = new RegExp(`^cpu${core} (.+)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'));
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] = (line?.[1] ?? '')
    .split(' ')
    .map(Number);
  return TICK_MS * (user + nice + system + irq + softIrq + stolen);
}

function cpuMsOfThread(pid: number, thread: string): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / NANOSECONDS_A_MS;
  } catch {
    // It has just ended.
    return 0;
  }
}

/** Minutes, seconds and hundredths, as macOS writes it. */
function cpuMsByPs(pid: number): number {
  return ps(pid, 'time')
    .split(':')
    .reduce((sum, part) => 60 * sum + 1000 * Number(part), 0);
}

function ps(pid: number, what: string): string {
  return execFileSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
}
