/** Pushes with canaries to an MDES that works and fails in each of its own ways. */
import { describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../../../src/push/refusals/refusal.js';
import {
  ALWAYS_BROKEN,
  ALWAYS_CLOSED,
  ALWAYS_CRACKED,
  ALWAYS_LOCKED,
  ALWAYS_TOO_BUSY,
  CACTUS,
  COPPER_FOX,
  NEVER_SAYS_SO,
  NIMBUS,
  TAKES_NOBODY,
  TAKES_THE_FIRST,
  TIDAL,
} from '../../support/requestors.js';
import { CANARIES, HOLDER, PAN_16 } from './canaries.js';
import { codeOf, LIST, post, push, slow, upstream } from './world.js';

export function pushesWithCanaries(): void {
  describe('pushes with canaries', () => {
    it('meet every way in which MDES fails a read, from an empty cache', async () => {
      for (const [index, fault] of (
        ['500', 'malformed', 'html', 'errors', 'reset', 'hang'] as const
      ).entries()) {
        const account = { fundingAccountIds: [`fresh-${index}`] };
        // A read is repeated twice.
        await upstream.fault('getEligibleTokenRequestors', fault, 3);
        const json = await push(`read, MDES: ${fault}`, account);
        expect(codeOf(json)).toBe('UPSTREAM_UNAVAILABLE');
        await upstream.reset();
        // Until one read has gone well, the next fault might meet a breaker only.
        while (codeOf(await push(`read, MDES well after ${fault}`, account)) === 'UPSTREAM_UNAVAILABLE') {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
      expect(codeOf(await push('an account beyond the ranges', { fundingAccountIds: ['beyond'] }))).toBe(
        'ACCOUNT_RANGE_NOT_ENABLED',
      );
    });

    it('go to an MDES that hangs, and meanwhile to one that works', async () => {
      await upstream.reset();
      await upstream.fault('pushMultipleAccounts', 'hang');
      slow.answer = push('an MDES that hangs', { fundingAccountIds: ['c16', 'c19'] });
      while ((await upstream.calls()).pushMultipleAccounts === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(codeOf(await push('beside it', {}))).toBe('READY');
    });

    it('succeed, with and without digitization data, holder data and several accounts', async () => {
      for (const id of ['c16', 'c19', 'c-net', 'a1']) {
        for (const requestIssuerInitiatedDigitizationData of [true, false]) {
          const input = { fundingAccountIds: [id], requestIssuerInitiatedDigitizationData };
          expect(codeOf(await push(`push of ${id}`, input))).toBe('READY');
        }
      }
      const all = {
        fundingAccountIds: ['c16', 'c19', 'c-net', 'a1'],
        accountHolderData: ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'],
        callbackUrl: 'https://bank.example/app/done',
        locale: 'en_GB',
      };
      const pushed = await push('push of all', all);
      expect(codeOf(pushed)).toBe('READY');
      await post('push by id', {
        query: `{ push(id: "${pushed.data.pushCard.id}") { id status accounts { pushAccountReceipt } } }`,
      });
      // That they did arrive: here they may be read.
      const arrived = await upstream.pushes();
      for (const { name, value } of [...CANARIES, ...HOLDER]) {
        if (name !== "PAN of amir's issuer") expect(arrived).toContain(value);
      }
      await post('list', { query: LIST });
    });

    it('meet every refusal', async () => {
      const cases: readonly [keyof typeof REFUSALS, Record<string, unknown>][] = [
        ['FUNDING_ACCOUNT_NOT_FOUND', { fundingAccountIds: ['nobody'] }],
        ['FUNDING_ACCOUNT_NOT_ACTIVE', { fundingAccountIds: ['suspended'] }],
        ['FUNDING_ACCOUNT_EXPIRED', { fundingAccountIds: ['expired'] }],
        ['TOKEN_REQUESTOR_NOT_FOUND', { tokenRequestorId: '59999999999' }],
        ['ACCOUNT_RANGE_NOT_ENABLED', { tokenRequestorId: CACTUS }],
        [
          'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
          { tokenRequestorId: COPPER_FOX, fundingAccountIds: ['c16', 'c19'] },
        ],
        ['TOO_MANY_ACCOUNTS', { fundingAccountIds: ['c16', 'c19', 'c-net', 'a1', 'amir', 'expired'] }],
        [
          'DIGITIZATION_DATA_NOT_SUPPORTED',
          { tokenRequestorId: NIMBUS, requestIssuerInitiatedDigitizationData: true },
        ],
        ['ACCOUNT_HOLDER_DATA_NOT_SUPPORTED', { tokenRequestorId: TIDAL, accountHolderData: ['NAME'] }],
        [
          'ACCOUNT_HOLDER_DATA_MISSING',
          { fundingAccountIds: ['no-mail'], accountHolderData: ['EMAIL_ADDRESS'] },
        ],
        ['PLATFORM_NOT_SUPPORTED', { tokenRequestorId: TIDAL, platform: 'WEB' }],
        ['CALLBACK_URL_NOT_ALLOWED', { callbackUrl: `https://elsewhere.example/?card=${PAN_16}` }],
        ['ACCOUNT_INELIGIBLE', { tokenRequestorId: TAKES_NOBODY, fundingAccountIds: ['amir'] }],
        ['REFUSED_BY_MDES', { tokenRequestorId: ALWAYS_LOCKED, fundingAccountIds: ['amir'] }],
        ['MDES_INTERNAL_FAILURE', { tokenRequestorId: ALWAYS_BROKEN, fundingAccountIds: ['amir'] }],
      ];
      const met = new Set<string>();
      for (const [code, input] of cases) {
        const json = await push(code, input);
        met.add(json.data.pushCard.code ?? json.data.pushCard.accounts[0].refusal.code);
        expect([...met]).toContain(code);
      }
      // A hold needs a database: test/postgres/holds.test.ts meets it.
      expect(met).toEqual(new Set(Object.keys(REFUSALS).filter((code) => code !== 'PUSHES_STOPPED')));
    });

    it('meet every other way in which MDES fails a push', async () => {
      const amir = { fundingAccountIds: ['amir'] };
      const ends: Record<string, string> = {};
      for (const [tokenRequestorId, end] of [
        [ALWAYS_CRACKED, 'UNKNOWN'],
        [ALWAYS_CLOSED, 'UNKNOWN'],
        [ALWAYS_TOO_BUSY, 'UPSTREAM_UNAVAILABLE'],
        [TAKES_THE_FIRST, 'READY'],
        [NEVER_SAYS_SO, 'UNKNOWN'],
      ] as const) {
        expect([
          tokenRequestorId,
          codeOf(await push(`magic ${tokenRequestorId}`, { ...amir, tokenRequestorId })),
        ]).toEqual([tokenRequestorId, end]);
      }
      for (const fault of ['500', 'malformed', 'html', 'errors', 'reset', 'delay'] as const) {
        await upstream.fault('pushMultipleAccounts', fault, 1, fault === 'delay' ? 100 : 0);
        ends[fault] = codeOf(await push(`push, MDES: ${fault}`, {}));
      }
      expect(ends).toEqual({
        '500': 'UNKNOWN',
        malformed: 'UNKNOWN',
        html: 'UNKNOWN',
        errors: 'MDES_INTERNAL_FAILURE',
        reset: 'UNKNOWN',
        delay: 'READY',
      });
    });
  });
}
