/** What an older release has chained and hidden is known to this one: these texts may never change. */
import { describe, expect, it } from '@jest/globals';
import { AuditKey } from '../../../src/audit/audit-key.js';
import { Secret } from '../../../src/domain/secret.js';

describe('a key of the audit trail', () => {
  const key = new AuditKey(new Secret(Buffer.from(Array.from({ length: 32 }, (_, index) => index))));

  it('chains and hides as it always has', () => {
    expect({
      id: key.id,
      mac: key.mac('{"audit":1}'),
      holder: key.hide('account-holder', 'susan'),
      account: key.hide('account', 'susan'),
    }).toEqual({
      id: 'h0mes9mV',
      mac: 'M3q3gWpHnFGpqHS6xutdlNZJoxEFtj_KBuxh1pmi8HU',
      holder: 'TcbYMfWTzdABVLIV9G1CbA',
      account: 'c_MBT80Xcw43GOVod8J0uw',
    });
  });
});
