/** What is dear to make and the same for every test file is made once by each of Jest's workers. */

/** Kept by scripts/jest/native-environment.mjs. */
declare const keptByWorker: Map<string, unknown>;

/** A row of the fault suite is no Jest: its process is its worker. */
const kept = typeof keptByWorker === 'undefined' ? new Map<string, unknown>() : keptByWorker;

/** @param name one for each kind of thing */
export function onceAWorker<T>(name: string, make: () => T): T {
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}
