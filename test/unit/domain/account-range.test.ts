/** Account ranges of 9 to 19 digits, equal when padded equal. */
import { describe, expect, it } from '@jest/globals';
import { parseAccountRange } from '../../../src/domain/account-range.js';

describe('an account range', () => {
  it('is padded to 19 digits, so that two spellings are equal', () => {
    expect(parseAccountRange('541234678')).toBe('5412346780000000000');
    expect(parseAccountRange('5412346780')).toBe(parseAccountRange('541234678'));
    expect(parseAccountRange('5412346789000000001')).toBe('5412346789000000001');
  });

  it.each(['12345678', '12345678901234567890', '54123467x', '', ' 541234678', '541234678\n', '٥٤١٢٣٤٦٧٨'])(
    'is not %j',
    (text) => expect(parseAccountRange(text)).toBeUndefined(),
  );
});
