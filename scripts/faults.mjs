/** `npm run faults [-- ID ...]`: the fault suite, test/faults. */
import { runSuite } from './suite.mjs';

await runSuite('faults', [
  'support/gateway/gateway-process',
  'support/load/load-process',
  'support/redis/cache-process',
]);
