/** When a sign-in is strong and fresh enough to push, which push a token is bound to, and what whoever may not push sees of one. */
import { describe, expect, it } from '@jest/globals';
import type { PushPermission } from '../../../src/domain/grant.js';
import { Secret } from '../../../src/domain/secret.js';
import type { PushGrant } from '../../../src/push/caller.js';
import { type Push, withoutSecrets } from '../../../src/push/push.js';
import { requirePermission, requireStepUp, seenWith } from '../../../src/push/rules/step-up.js';

const NOW = 1_800_000_000_500;
const SECONDS = 1_800_000_000;
const BOTH = { acrValues: ['sca', 'gold'], maxAgeSeconds: 300 };
const STRONG = { acr: 'gold', authTime: SECONDS };
const ONE = { tokenRequestorId: 'wallet', fundingAccountIds: ['card-1', 'card-2'] };

describe('the sign-in for a push', () => {
  it.each([
    ['of one of its strengths', BOTH, STRONG, true],
    ['of another', BOTH, { ...STRONG, acr: 'pin' }, false],
    ['of none', BOTH, { ...STRONG, acr: null }, false],
    ['as old as it may be', BOTH, { ...STRONG, authTime: SECONDS - 300 }, true],
    ['a second older', BOTH, { ...STRONG, authTime: SECONDS - 301 }, false],
    ['as far ahead as clocks may be', BOTH, { ...STRONG, authTime: SECONDS + 5 }, true],
    ['a second further', BOTH, { ...STRONG, authTime: SECONDS + 6 }, false],
    ['of no time', BOTH, { ...STRONG, authTime: null }, false],
    ['of any strength', { ...BOTH, acrValues: null }, { ...STRONG, acr: null }, true],
    ['of any age', { ...BOTH, maxAgeSeconds: null }, { ...STRONG, authTime: null }, true],
    ['of any age, but not strong', { ...BOTH, maxAgeSeconds: null }, { acr: null, authTime: SECONDS }, false],
    ['of any kind', null, { acr: null, authTime: null }, true],
  ])('%s', (_name, settings, signIn, isEnough) => {
    const require = () => requireStepUp(settings, signIn, NOW);
    if (isEnough) expect(require).not.toThrow();
    else
      expect(require).toThrow(
        /^A push needs a stronger or a fresher sign-in\. Nothing was pushed; .*acr_values.*max_age.*same idempotencyKey/,
      );
  });

  it.each([
    [BOTH, { acrValues: ['sca', 'gold'], maxAge: 300 }],
    [
      { acrValues: null, maxAgeSeconds: 300 },
      { acrValues: [], maxAge: 300 },
    ],
  ])('says what to ask for: %j', (settings, extensions) => {
    let thrown: unknown;
    try {
      requireStepUp(settings, { acr: null, authTime: null }, NOW);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'STEP_UP_REQUIRED', extensions });
  });
});

describe('a token that is bound to pushes', () => {
  const only = (...permitted: (typeof ONE)[]): PushPermission => ({ kind: 'ONLY', permitted });
  const other = { ...ONE, tokenRequestorId: 'shop' };

  it.each<[string, PushPermission, RegExp | null]>([
    ['to none', { kind: 'ANY' }, null],
    ['to this one', only(ONE), null],
    ['to this one, in another order', only({ ...ONE, fundingAccountIds: ['card-2', 'card-1'] }), null],
    ['to this one beside others', only(other, ONE), null],
    ['to another requestor', only(other), /bind it to another push.*Nothing was pushed/],
    ['to more accounts', only({ ...ONE, fundingAccountIds: ['card-1', 'card-2', 'card-3'] }), /bind it/],
    ['to fewer', only({ ...ONE, fundingAccountIds: ['card-1'] }), /bind it/],
    ['to one of them and another', only({ ...ONE, fundingAccountIds: ['card-1', 'card-3'] }), /bind it/],
    ['to nothing', only(), /bind it/],
    [
      'in words that nobody understands',
      { kind: 'UNREADABLE' },
      /cannot be understood.*Nothing was pushed.*push_provisioning/,
    ],
  ])('%s', (_name, permission, refusal) => {
    const require = () => requirePermission(permission, ONE);
    if (refusal === null) expect(require).not.toThrow();
    else {
      expect(require).toThrow(refusal);
      expect(require).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
    const push = pushOf();
    const seen = seenWith(BOTH, { ...STRONG, pushes: permission } as PushGrant, push, NOW);
    expect(seen).toEqual(refusal === null ? push : withoutSecrets(push));
  });

  it('and a sign-in that is too weak sees nothing that a wallet takes', () => {
    const push = pushOf();
    const grant = { acr: 'pin', authTime: SECONDS, pushes: { kind: 'ANY' } } as PushGrant;
    expect(seenWith(BOTH, grant, push, NOW)).toEqual(withoutSecrets(push));
    expect(seenWith(null, grant, push, NOW)).toBe(push);
    expect(withoutSecrets(push)).not.toEqual(push);
  });
});

function pushOf(): Push {
  return {
    ...{
      id: 'push-1',
      tokenRequestorId: ONE.tokenRequestorId,
      platform: 'IOS',
      returnUrl: null,
      evidence: null,
    },
    ...{
      createdAt: NOW,
      expiresAt: NOW + 900_000,
      readAt: NOW,
      phase: { kind: 'ANSWERED' },
      handedOff: null,
    },
    accounts: ONE.fundingAccountIds.map((fundingAccountId) => ({
      fundingAccountId,
      lastFour: '0007',
      result: {
        kind: 'PUSHED',
        receiptHash: 'hash',
        secrets: { receipt: new Secret('receipt'), digitizationData: new Secret('data') },
      },
      outcome: null,
    })),
    handOffs: [
      { platform: 'IOS', url: new Secret('https://wallet.example/?r=receipt'), fundingAccountId: null },
    ],
  };
}
