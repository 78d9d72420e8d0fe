/** A server under measurement: where it listens, and its process. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PinnedProcess } from './pinned-process.js';

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly process: PinnedProcess;
}

const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

/** Resolves once something listens there. */
export async function whenListening({ name, port, process }: Server): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await listens(port))) {
    if (!process.isAlive || Date.now() > until)
      throw new Error(`${name} does not listen:\n${process.logTail}`);
    await sleep(LOOK_MS);
  }
}

export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.unref();
    socket.once('connect', () => socket.destroy());
  });
}
