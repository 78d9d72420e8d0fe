/** What is dear to make and the same for every test file is made once by each of Jest's workers. */

/** Kept by scripts/jest/native-environment.mjs. */
declare const keptByWorker: Map<string, unknown>;

/** @param name one for each kind of thing */
export function onceAWorker<T>(name: string, make: () => T): T {
  if (!keptByWorker.has(name)) keptByWorker.set(name, make());
  return keptByWorker.get(name) as T;
}
