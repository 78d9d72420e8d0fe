/** Q2: all orders of the race (1,000 in memory, 200 on PostgreSQL), all rows of the tables of eligibility, all texts of a bank. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = [
  'model/push-races.test.ts',
  'model/eligibility.test.ts',
  'postgres/push-races.test.ts',
  'api/pushes/eligibility.test.ts',
  'unit/vault/holder-data.test.ts',
];

export const wholeModels: Row = {
  id: 'Q2',
  title: 'pushes that race, the tables of eligibility and what banks have of holders, as a whole',
  run: () => jestFigures(FILES, { MODELS: 'whole' }),
};
