/** How many processes serve on the one port, and how a setting names each of them. */
import type { SettingReader } from './setting-reader.js';

const MOST = 64;
/** Stands for the worker's number. */
export const WORKER = '{worker}';

export function readWorkers(reader: SettingReader): number {
  const text = reader.text('WORKERS') ?? '1';
  const workers = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (workers >= 1 && workers <= MOST) return workers;
  reader.fault(`WORKERS must be a number of processes from 1 to ${MOST}.`);
  return 1;
}
