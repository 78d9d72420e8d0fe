/** A question for token requestors, as it is read: whose they are, and what is wrong with it. */
import { describe, expect, it } from '@jest/globals';
import { IssuerRanges } from '../../../src/catalogue/issuer-ranges.js';
import { type AccountRange, parseAccountRange } from '../../../src/domain/account-range.js';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { readQuestion, readSelection } from '../../../src/schema/token-requestor/read-question.js';

function range(digits: string): AccountRange {
  const parsed = parseAccountRange(digits);
  if (parsed === undefined) throw new TypeError(digits);
  return parsed;
}

const OURS = range('520474000');
const ISSUER = new IssuerRanges([OURS]);

function read(accountRanges: readonly AccountRange[] | null, fundingAccountIds: readonly string[] | null) {
  return readQuestion({ accountRanges, fundingAccountIds }, ISSUER);
}

describe('whose requestors are asked for', () => {
  it('is all of her accounts unless something is named, be it absent or null', () => {
    const absent = { accountRanges: undefined, fundingAccountIds: undefined };
    expect(readQuestion(absent, ISSUER)).toEqual({ kind: 'ALL_HER_ACCOUNTS' });
    expect(read(null, null)).toEqual({ kind: 'ALL_HER_ACCOUNTS' });
  });

  it('is nobody for an empty list of either', () => {
    expect(read([], null)).toEqual({ kind: 'RANGES', ranges: [] });
    expect(read(null, [])).toEqual({ kind: 'RANGES', ranges: [] });
  });

  it('is never both, not even where one list is empty', () => {
    expect(() => read([], [])).toThrow('exclude each other');
  });

  it('is at most 100 ranges, all of them the issuer’s', () => {
    const hundred = Array.from({ length: 100 }, () => OURS);
    expect(read(hundred, null)).toEqual({ kind: 'RANGES', ranges: hundred });
    expect(() => read([...hundred, OURS], null)).toThrow('at most 100 account ranges');
    expect(() => read([OURS, range('999999999')], null)).toThrow(/^accountRanges\[1\] is not the start/);
  });

  it('is at most five accounts, each named as often as anybody likes', () => {
    const five = ['a', 'a', 'b', 'c', 'd'];
    expect(read(null, five)).toEqual({ kind: 'ACCOUNTS_TOGETHER', ids: five });
    expect(() => read(null, [...five, 'e'])).toThrow('at most 5 ids');
  });
});

describe('the name of a filter', () => {
  const select = (name: string) => readSelection({ name }, ['en']);

  it('has 100 characters of any script at most', () => {
    expect(select('𝔸'.repeat(100))([])).toEqual([]);
    expect(() => select('A'.repeat(101))).toThrow(GatewayError);
    expect(() => select(' '.repeat(101))).toThrow('at most 100 characters');
  });
});
