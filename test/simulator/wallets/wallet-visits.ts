/** A simulator whose wallets are visited, and what becomes of the receipts. */
import { beforeEach, expect } from '@jest/globals';
import { SWALLOW } from '../../support/requestors.js';
import { simulatorForTests } from '../../support/simulator/simulator-fixture.js';
import { control } from '../../support/simulator/simulator-requests.js';
import { handed, sendForm, walletUrl } from '../../support/simulator/simulator-wallets.js';

export const CALLBACK = 'https://bank.example/back?session=a%20b&x=1';
export const TOKEN = 'DWSPMC[0-9a-f]{42}';

/** For the tests of one file. */
export function walletsForTests() {
  const simulator = simulatorForTests();
  const redeem = async (pushAccountReceipt = '', tokenRequestorId = SWALLOW): Promise<number> =>
    (await control(simulator().url, '/simulator/redeem', { pushAccountReceipt, tokenRequestorId })).status;
  const later = (advanceMs: number) => control(simulator().url, '/simulator/clock', { advanceMs });

  /** Sends a signed push with these results, and tells where the wallet goes back to. */
  async function wayBack(
    results: readonly string[],
    more: { readonly callbackURL?: string; readonly raw?: boolean } = {},
  ): Promise<{ readonly location: string; readonly receipts: readonly string[] }> {
    const { callbackURL = CALLBACK, raw = false } = more;
    const { signature, receipts } = await handed(simulator(), {
      cards: results.length,
      signatureData: { callbackURL },
    });
    const fields = results.map((result) => ['result', result] as const);
    const response = await sendForm(walletUrl(simulator(), 'push', { pushAccountData: signature }), [
      ...fields,
      ...(raw ? [['encoding', 'raw'] as const] : []),
    ]);
    expect(response.status).toBe(303);
    return { location: response.headers.get('location') ?? '', receipts };
  }

  beforeEach(async () => {
    await control(simulator().url, '/simulator/reset', {});
  });

  return { simulator, redeem, later, wayBack };
}
