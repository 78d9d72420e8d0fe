/** Magic requestors and magic accounts: each forces the outcome that the table says. */
import { describe, expect, it } from '@jest/globals';
import { MAGIC_ACCOUNTS, MAGIC_REQUESTORS, type MagicOutcome } from '../../src/simulator/catalogue/magic.js';
import { CACTUS } from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { accounts, card, push } from '../support/simulator/simulator-pushes.js';
import {
  type Answer,
  accountErrors,
  at,
  control,
  gatewayError,
  requestErrors,
} from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const AMIRS_CARD = '5499990000000116';
const INELIGIBLE = 'ACCOUNT_INELIGIBLE The card or financial account is not eligible.';
const FAILURE = 'INTERNAL_SERVICE_FAILURE MDES had an internal exception.';

function pushTo(outcome: MagicOutcome): Promise<Answer> {
  const magic = MAGIC_REQUESTORS.find((requestor) => requestor.outcome === outcome);
  const tokenRequestorId = String(magic?.tokenRequestorId);
  return push(simulator(), {
    tokenRequestorId,
    accounts: accounts(card(AMIRS_CARD), card('5499990000000207')),
  });
}

describe('a magic requestor', () => {
  it('refuses with errors in HTTP 200', async () => {
    const refused = await pushTo('AUTHORIZATION_FAILED');
    expect([refused.status, ...requestErrors(refused)]).toEqual([
      200,
      'AUTHORIZATION_FAILED Authorization failed.',
    ]);
    const broken = await pushTo('INTERNAL_SERVICE_FAILURE');
    expect([broken.status, ...requestErrors(broken)]).toEqual([200, FAILURE]);
  });

  it('refuses with an error wrapper', async () => {
    const answer = await pushTo('ERROR_WRAPPER');
    expect([answer.status, ...requestErrors(answer)]).toEqual([500, FAILURE]);
    expect(at(answer.json, 'responseId')).toBe('request-1');
  });

  it('refuses in the gateway’s form', async () => {
    expect(gatewayError(await pushTo('GATEWAY_UNAVAILABLE'))).toBe('503 SERVICE_UNAVAILABLE');
    const busy = await pushTo('GATEWAY_RATE_LIMIT');
    expect(gatewayError(busy)).toBe('429 RATE_LIMIT_EXCEEDED');
    expect(busy.retryAfter).toBe('2');
    expect(at(busy.json, 'Errors', 'Error', 0, 'Recoverable')).toBe(true);
  });

  it('refuses all accounts, or all but the first', async () => {
    const none = await pushTo('ALL_REFUSED');
    expect([accountErrors(none, 0), accountErrors(none, 1)]).toEqual([[INELIGIBLE], [INELIGIBLE]]);
    const first = await pushTo('FIRST_ONLY');
    expect([accountErrors(first, 0), accountErrors(first, 1)]).toEqual([[], [INELIGIBLE]]);
    expect(first.json).toHaveProperty('signature');
  });

  it('carries the push out and never says so', async () => {
    await control(simulator().url, '/simulator/reset', {});
    await expect(pushTo('ANSWER_LOST')).rejects.toThrow();
    const { json } = await control(simulator().url, '/simulator/pushes');
    expect(at(json, 'pushes', 0, 'verdict')).toBe('PUSHED');
  });
});

describe('a magic account', () => {
  it.each(MAGIC_ACCOUNTS.map((magic) => [magic.fundingAccountId, magic] as const))(
    '%s is refused by itself',
    async (_, { accountNumber, reasonCode }) => {
      const answer = await push(simulator(), {
        tokenRequestorId: CACTUS,
        accounts: accounts(card(accountNumber), card(AMIRS_CARD)),
      });
      expect(accountErrors(answer)).toEqual([expect.stringMatching(new RegExp(`^${reasonCode} `))]);
      expect(at(answer.json, 'pushAccountReceipts', 0, 'errors', 0, 'source')).toBe('MDES');
      expect(accountErrors(answer, 1)).toEqual([]);
    },
  );
});
