/** The idempotency key of a push, used again for something else, by somebody else, or twenty times at once. */
import { describe, expect, it } from '@jest/globals';
import { codes } from '../../support/gateway.js';
import { PEBBLE } from '../../support/requestors.js';
import { badPushes, type Input, PAN } from './bad-pushes.js';

describe('a push that cannot be under a key', () => {
  const { simulator, defaults, push, sends, expectRefused } = badPushes();

  it('is KEY_REUSED for any other input, and the first stays as it is', async () => {
    const input = { ...defaults(), callbackUrl: 'https://www.bank.example/cards/back' };
    const first = await push(input);
    const others: Input[] = [
      { fundingAccountIds: ['card-2'] },
      { fundingAccountIds: ['card-1', 'card-2'] },
      { fundingAccountIds: [PAN] },
      { tokenRequestorId: PEBBLE },
      { requestIssuerInitiatedDigitizationData: true },
      { callbackUrl: 'https://www.bank.example/cards/other' },
      { callbackUrl: null },
      { locale: 'de_DE' },
      { platform: 'WEB' },
      { accountHolderData: ['NAME'] },
      { pushAccountReceiptsValidityPeriod: 5 },
    ];
    for (const other of others) expect(codes(await push({ ...input, ...other }))).toEqual(['KEY_REUSED']);
    expect((await push(input)).data).toEqual(first.data);
    expect(await sends()).toBe(1);
  });

  it('is the same push for twenty taps at once, and is sent once', async () => {
    const input = defaults();
    const answers = await Promise.all(Array.from({ length: 20 }, () => push(input)));
    expect(new Set(answers.map(({ data }) => data.pushCard.id)).size).toBe(1);
    expect((await push(input)).data.pushCard.status).toBe('READY');
    expect(await sends()).toBe(1);
  });

  it("of another account holder is nothing: same key and accounts are FUNDING_ACCOUNT_NOT_FOUND, same key alone is a push of one's own", async () => {
    const input = defaults();
    const { data } = await push(input);
    await simulator().reset();
    await expectRefused(await push(input, 'amir'), 'FUNDING_ACCOUNT_NOT_FOUND');
    const own = await push({ ...input, fundingAccountIds: ['card-11'] }, 'amir');
    expect(own.data.pushCard).toMatchObject({
      status: 'READY',
      accounts: [{ fundingAccountId: 'card-11' }],
    });
    expect(own.data.pushCard.id).not.toBe(data.pushCard.id);
    expect((await push(input)).data).toEqual(data);
  });

  it('stays free after a refusal and after an error', async () => {
    const input = defaults();
    await push({ ...input, fundingAccountIds: ['card-99'] });
    await push({ ...input, locale: 'x' });
    expect((await push(input)).data.pushCard.status).toBe('READY');
    expect(await sends()).toBe(1);
  });
});
