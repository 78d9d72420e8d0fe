/** D1: canaries on every way through the gateway. D3: what the texts of errors repeat. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

export const canaries: Row = {
  id: 'D1',
  title: 'canaries in answers, headers, logs, the audit trail, Redis and the database, in every disguise',
  run: () =>
    jestFigures(['api/canary/canary.test.ts', 'security/http/callback.test.ts'], { MODELS: 'whole' }),
};

export const errorTexts: Row = {
  id: 'D3',
  title: 'texts of errors repeat no value, and tell no name of the schema',
  run: () =>
    jestFigures(
      [
        'security/documents/masking.test.ts',
        'security/documents/value-echo.test.ts',
        'security/documents/bad-input.test.ts',
      ],
      {},
    ),
};
