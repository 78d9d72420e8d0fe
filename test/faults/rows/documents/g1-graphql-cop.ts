/** G1: what graphql-cop sends, and a field 500 times, with a token and without, where the explorer is on and where it is off. */
import { CHECKS } from '../../../security/documents/graphql-cop.js';
import type { Row } from '../../row.js';
import { jestFigures } from '../../support/run-jest.js';

const SETTINGS = 4;

export const graphqlCop: Row = {
  id: 'G1',
  title: `graphql-cop's ${CHECKS.length - 1} checks and field duplication: findings are failures`,
  run: () =>
    jestFigures(
      ['security/documents/graphql-cop.test.ts'],
      { MEASURE_TIME: 'exactly' },
      CHECKS.length * SETTINGS,
    ),
};
