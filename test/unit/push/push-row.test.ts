/** A row of the ledger that an earlier release wrote is read as it stands. */
import { expect, it } from '@jest/globals';
import { pushColumns, ROW_FORMAT, readRow } from '../../../src/push/ledger/postgres/push-row.js';
import { makeLedgerKeys } from '../../support/ledger/ledgers.js';

const IDENTITY = { issuer: 'moon-bank', id: 'push-1', owner: 'hash-of-susan' };

/** What release 0.1.0 and those after it sealed, before they kept how she had signed in. */
const CONTENT = {
  tokenRequestorId: '50123456789',
  accounts: [
    {
      fundingAccountId: 'card-1',
      lastFour: '2345',
      accountRange: '5204740000000000000',
      result: null,
      outcome: null,
    },
  ],
  platform: 'IOS',
  returnUrl: null,
  phase: { kind: 'SENT' },
  handedOff: null,
};

function rowOf(content: unknown) {
  const keys = makeLedgerKeys();
  const { issuer, id, owner } = IDENTITY;
  const context = JSON.stringify(['content', ROW_FORMAT, keys.writing.id, issuer, id, owner]);
  const row = pushColumns.parse({
    id,
    owner,
    key_id: keys.writing.id,
    format: ROW_FORMAT,
    phase: 'SENT',
    revision: 0,
    created_at: 1000,
    expires_at: 2000,
    read_at: 1500,
    content: keys.writing.seal(JSON.stringify(content), context),
    secrets: null,
  });
  return readRow(keys, issuer, row);
}

it('knows nothing of how she had signed in, and says so', () => {
  expect(rowOf(CONTENT)).toMatchObject({ id: 'push-1', tokenRequestorId: '50123456789', evidence: null });
});

it('is not guessed at where that is said in another way', () => {
  const evidence = { acr: 'urn:bank:sca', authTime: 1_790_000_000, client: null };
  expect(rowOf({ ...CONTENT, evidence })?.evidence).toEqual(evidence);
  expect(rowOf({ ...CONTENT, evidence: { ...evidence, acr: 5 } })).toBeUndefined();
});
