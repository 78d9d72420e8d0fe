/** `npm run bench [-- ID ...]`: the benchmark, test/bench. */
import { runSuite } from './suite.mjs';

await runSuite('bench', [
  'support/servers/probe',
  'support/load/load-process',
  'support/world/world-process',
  'support/crypto-floor-process',
]);
