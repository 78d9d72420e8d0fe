/** What the gateway says of its catalogue's age. */
import { describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

async function status(gateway: TestGateway) {
  const { catalogue } = await gateway.client().Catalogue();
  if (catalogue === null) throw new Error('the gateway tells nothing of its catalogue');
  return catalogue;
}

describe('catalogue', () => {
  it('tells nothing while a part has never been fetched, and how old the oldest part is from then on', async () => {
    let now = Date.parse('2026-11-25T10:00:00Z');
    const gateway = await startTestGateway({}, { clock: { now: () => now } });
    try {
      const never = { asOf: null, stale: true, nextRefreshAt: null, tokenRequestorCount: 0 };
      expect(await status(gateway)).toEqual(never);
      await gateway.graphql('{ fundingAccounts { tokenRequestors { id } } }');
      expect(await status(gateway)).toMatchObject({ asOf: null, stale: true });
      now += 60_000;
      // Looks under all of the issuer's ranges.
      await gateway.graphql('{ tokenRequestor(id: "59999999999") { id } }');
      const known = await status(gateway);
      expect(known).toMatchObject({ asOf: '2026-11-25T10:00:00Z', stale: false, nextRefreshAt: null });
      expect(known.tokenRequestorCount).toBeGreaterThan(25);
      now += 13 * 3_600_000;
      expect(await status(gateway)).toEqual({ ...known, stale: true });
    } finally {
      await gateway.close();
    }
  });

  it('kept warm, is there from the start and says when it is refreshed', async () => {
    const gateway = await startTestGateway({ CATALOGUE_WARM: 'on' });
    try {
      const { asOf, stale, nextRefreshAt } = await status(gateway);
      expect(stale).toBe(false);
      const hours = (Date.parse(nextRefreshAt ?? '') - Date.parse(asOf ?? '')) / 3_600_000;
      expect(hours).toBeGreaterThan(10);
      expect(hours).toBeLessThanOrEqual(12);
    } finally {
      await gateway.close();
    }
  });
});
