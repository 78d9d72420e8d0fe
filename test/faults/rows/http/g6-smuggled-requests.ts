/** G6: bytes that two servers in a row could read differently, and every other refusal on a bare socket. */
import { SMUGGLED } from '../../../security/http/smuggled.js';
import type { Row } from '../../row.js';
import { jestFigures } from '../../support/run-jest.js';

const CASES = Object.keys(SMUGGLED).length;

export const smuggledRequests: Row = {
  id: 'G6',
  title: `${CASES} raw requests of smugglers and their like, each answered as the table says`,
  run: () => jestFigures(['security/http/raw-http.test.ts'], { MEASURE_TIME: 'exactly' }, CASES),
};
