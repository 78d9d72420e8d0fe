/** What the gateway says of its catalogue's age. */
import { describe, expect, it } from '@jest/globals';
import { type GraphQLAnswer, startTestGateway } from '../../support/gateway.js';

describe('catalogue', () => {
  const QUERY = '{ catalogue { asOf stale nextRefreshAt tokenRequestorCount } }';
  const status = ({ data, errors }: GraphQLAnswer) => {
    expect(errors).toBeUndefined();
    return data.catalogue;
  };

  it('tells nothing while a part has never been fetched, and how old the oldest part is from then on', async () => {
    let now = Date.parse('2026-11-25T10:00:00.000Z');
    const gateway = await startTestGateway({}, { clock: { now: () => now } });
    try {
      const never = { asOf: null, stale: true, nextRefreshAt: null, tokenRequestorCount: 0 };
      expect(status(await gateway.graphql(QUERY))).toEqual(never);
      await gateway.graphql('{ fundingAccounts { tokenRequestors { id } } }');
      expect(status(await gateway.graphql(QUERY))).toMatchObject({ asOf: null, stale: true });
      now += 60_000;
      // Looks under all of the issuer's ranges.
      await gateway.graphql('{ tokenRequestor(id: "59999999999") { id } }');
      const known = status(await gateway.graphql(QUERY));
      expect(known).toMatchObject({ asOf: '2026-11-25T10:00:00.000Z', stale: false, nextRefreshAt: null });
      expect(known.tokenRequestorCount).toBeGreaterThan(25);
      now += 13 * 3_600_000;
      expect(status(await gateway.graphql(QUERY))).toEqual({ ...known, stale: true });
    } finally {
      await gateway.close();
    }
  });

  it('kept warm, is there from the start and says when it is refreshed', async () => {
    const gateway = await startTestGateway({ CATALOGUE_WARM: 'on' });
    try {
      const { asOf, stale, nextRefreshAt } = status(await gateway.graphql(QUERY));
      expect(stale).toBe(false);
      const hours = (Date.parse(nextRefreshAt) - Date.parse(asOf)) / 3_600_000;
      expect(hours).toBeGreaterThan(10);
      expect(hours).toBeLessThanOrEqual(12);
    } finally {
      await gateway.close();
    }
  });
});
