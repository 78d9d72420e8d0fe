/**
 * Q2: all orders of the race (1,000 in memory, 200 on PostgreSQL), all rows of the tables of eligibility and tokens, all texts of a bank
 * and of wallets, a thousand logos, every attack beside a health probe.
 */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = [
  'model/push-races.test.ts',
  'model/eligibility.test.ts',
  'postgres/push-races.test.ts',
  'api/pushes/eligibility.test.ts',
  'security/access/claims.test.ts',
  'security/access/tokens.test.ts',
  'unit/vault/holder-data.test.ts',
  'unit/mdes/public-logos.test.ts',
  'unit/mdes/callback-results.test.ts',
  'unit/mdes/svg.test.ts',
  'unit/mdes/large-json.test.ts',
  'contract/hand-off.test.ts',
  'security/documents/attack-corpus.test.ts',
];

export const wholeModels: Row = {
  id: 'Q2',
  title:
    'pushes that race, the tables of eligibility and tokens, what banks and wallets say, logos, attacks, as a whole',
  run: () => jestFigures(FILES, { MODELS: 'whole' }),
};
