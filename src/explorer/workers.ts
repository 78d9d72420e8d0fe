/** Tells the editor where its background workers are: three bundles beside this one, from the same host. */

const BUNDLES = new Map([
  ['graphql', 'graphql.worker.js'],
  ['json', 'json.worker.js'],
]);

/** The editor looks for this global when it opens. */
export function provideWorkers(): void {
  const getWorker = (_workerId: string, label: string): Worker =>
    new Worker(new URL(BUNDLES.get(label) ?? 'editor.worker.js', import.meta.url));
  Object.assign(globalThis, { MonacoEnvironment: { getWorker } });
}
