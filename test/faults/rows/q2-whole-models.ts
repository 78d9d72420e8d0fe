/** Q2: all orders of the race (1,000 in memory, 200 on PostgreSQL) and all rows of the tables of eligibility. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = ['model/push-races.test.ts', 'model/eligibility.test.ts', 'postgres/push-races.test.ts'];

export const wholeModels: Row = {
  id: 'Q2',
  title: 'pushes that race, and the tables of eligibility, as a whole',
  run: () => jestFigures(FILES, { MODELS: 'whole' }),
};
