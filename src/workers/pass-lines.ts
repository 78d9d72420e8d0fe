/** What a worker writes to its stdout goes on to ours, in whole lines: those of several would tear each other. */
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { LossyOutput } from '../observability/lossy-output.js';

const LINE_END = 0x0a;
const LOOK_AGAIN_MS = 20;

/**
 * Resolves when the worker's end is closed. While nobody reads ours its lines stay in the pipe: then the worker itself knows that
 * they are not taken, and counts what it drops.
 */
export async function passLines(from: Readable, to: LossyOutput): Promise<void> {
  let begun = Buffer.alloc(0);
  for await (const chunk of from) {
    const bytes = Buffer.concat([begun, chunk]);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    begun = bytes.subarray(end);
    if (end > 0) await pass(bytes.subarray(0, end), to);
  }
  // Killed in the middle of a line.
  if (begun.length > 0) await pass(Buffer.concat([begun, Buffer.of(LINE_END)]), to);
}

async function pass(lines: Buffer, to: LossyOutput): Promise<void> {
  while (to.isStuck || !to.offer(lines)) await pause(LOOK_AGAIN_MS);
}
