import { describe, expect, it } from '@jest/globals';
import { parseAccountRange } from '../../../src/domain/account-range.js';
import { Secret } from '../../../src/domain/secret.js';
import { PushCodec } from '../../../src/push/ledger/push-codec.js';
import type { Push } from '../../../src/push/push.js';
import { type Refusal, refuse } from '../../../src/push/refusals/refusal.js';
import { makePushKeys, PUSHED, pushOf, reported } from '../../support/push/pushes.js';

const codec = new PushCodec(makePushKeys());

function written({ secrets, ...push }: Push): { readonly open: string; readonly sealed: string | null } {
  return {
    open: codec.open({ ...push, secrets }),
    sealed: secrets === null ? null : codec.sealed(push.id, secrets),
  };
}

function andBack(push: Push): Push | undefined {
  const { open, sealed } = written(push);
  return codec.read(push.id, open, sealed);
}

function spoilt(change: (row: Record<string, unknown>) => unknown): Push | undefined {
  const push = pushOf();
  const row = JSON.parse(codec.open(push)) as Record<string, unknown>;
  return codec.read(push.id, JSON.stringify(change(row)), null);
}

describe('a push as the ledger keeps it', () => {
  const settled: Refusal = {
    ...refuse('ACCOUNT_INELIGIBLE', ['card-2'], 'ACCOUNT_INELIGIBLE'),
    retryable: false,
  };
  const range = parseAccountRange('5204740000');

  it.each<[string, Push]>([
    ['is reserved', pushOf({ phase: { kind: 'RESERVED' }, secrets: null })],
    ['is sent', pushOf({ phase: { kind: 'SENT' }, secrets: null })],
    ['has an end that nobody knows', pushOf({ phase: { kind: 'UNKNOWN' }, secrets: null })],
    ['was refused', pushOf({ phase: { kind: 'REFUSED', refusal: settled }, secrets: null })],
    [
      'was answered, and has gone its way',
      pushOf({
        phase: { kind: 'ANSWERED', results: [PUSHED, { kind: 'REFUSED', refusal: settled }] },
        accountRanges: range === undefined ? [] : [range],
        platform: 'ANDROID',
        callbackUrl: 'moonbank://back?session=1',
        handedOff: { platform: 'IOS', at: 5 },
        outcomes: [reported('APPROVED'), null],
      }),
    ],
  ])('comes back as it was when it %s', (_, push) => {
    expect(andBack(push)).toEqual(push);
  });

  it('comes back with its secrets', () => {
    const secrets = {
      accounts: [{ receipt: new Secret('MCC-1'), digitizationData: new Secret('data-1') }],
      handOffs: [{ platform: 'WEB', url: new Secret('https://w.example/?r=1'), fundingAccountId: 'card-1' }],
    } as const;
    const back = andBack(pushOf({ secrets }))?.secrets;
    expect(back?.accounts.map((one) => [one?.receipt.reveal(), one?.digitizationData?.reveal()])).toEqual([
      ['MCC-1', 'data-1'],
    ]);
    expect(back?.handOffs.map((one) => ({ ...one, url: one.url.reveal() }))).toEqual([
      { platform: 'WEB', url: 'https://w.example/?r=1', fundingAccountId: 'card-1' },
    ]);
  });

  it('shows neither receipt nor callback URL in what is written', () => {
    const { open, sealed } = written(pushOf({ callbackUrl: 'https://bank.example/?session=77' }));
    expect(open + sealed).not.toMatch(/MCC-SECRET|bank\.example|session/);
  });

  it('keeps no words of a refusal: they are those of the release that reads it', () => {
    const { open } = written(pushOf({ phase: { kind: 'REFUSED', refusal: settled }, secrets: null }));
    expect(JSON.parse(open).phase.refusal).toEqual({
      code: 'ACCOUNT_INELIGIBLE',
      reasonCode: 'ACCOUNT_INELIGIBLE',
      fundingAccountIds: ['card-2'],
    });
  });

  it('reads the refusal code of a newer release as REFUSED_BY_MDES, with its reason', () => {
    const push = spoilt((row) => ({
      ...row,
      phase: {
        kind: 'REFUSED',
        refusal: { code: 'OF_2030', reasonCode: 'NEW_REASON', fundingAccountIds: [] },
      },
    }));
    expect(push?.phase).toEqual({
      kind: 'REFUSED',
      refusal: { ...refuse('REFUSED_BY_MDES', [], 'NEW_REASON'), retryable: false },
    });
  });

  it('never calls a refusal of one account retryable: its key is settled', () => {
    const failure = { ...refuse('MDES_INTERNAL_FAILURE', ['card-1']), retryable: false };
    const push = pushOf({
      phase: { kind: 'ANSWERED', results: [PUSHED, { kind: 'REFUSED', refusal: failure }] },
    });
    expect(andBack(push)?.phase).toEqual(push.phase);
  });

  it.each<[string, (row: Record<string, unknown>) => unknown]>([
    ['of another id', (row) => ({ ...row, id: 'other' })],
    ['in a phase of a newer release', (row) => ({ ...row, phase: { kind: 'DREAMT' } })],
    ['without a phase', ({ phase: _, ...row }) => row],
    ['without accounts', (row) => ({ ...row, accounts: [], outcomes: [] })],
    ['with more outcomes than accounts', (row) => ({ ...row, outcomes: [null, null] })],
    ['with fewer results than accounts', (row) => ({ ...row, phase: { kind: 'ANSWERED', results: [] } })],
    ['with a range that is none', (row) => ({ ...row, accountRanges: ['12'] })],
    ['with times that are text', (row) => ({ ...row, phaseSince: 'now' })],
    ['that is a list', () => []],
    ['that is null', () => null],
  ])('is no push when it is one %s', (_, change) => {
    expect(spoilt(change)).toBeUndefined();
  });

  it('reads what is no JSON as no push', () => {
    for (const text of ['', '{', 'garbage', '\u0000']) expect(codec.read('p', text, null)).toBeUndefined();
  });

  it('takes secrets that do not open, or are another push’s, for expired', () => {
    const push = pushOf();
    const { open, sealed } = written(push);
    const elsewhere = codec.sealed('another-push', pushOf().secrets ?? { accounts: [], handOffs: [] });
    for (const wrong of ['', 'garbage', elsewhere, `A${sealed?.slice(1)}`, sealed?.slice(0, -2) ?? '']) {
      expect(codec.read(push.id, open, wrong)).toEqual({ ...push, secrets: null });
    }
    const ofTwo = codec.sealed(push.id, { accounts: [null, null], handOffs: [] });
    expect(codec.read(push.id, open, ofTwo)?.secrets).toBeNull();
  });

  it('does not open a callback URL as secrets, nor the other way round', () => {
    const push = pushOf({ callbackUrl: '{"accounts":[null],"handOffs":[]}' });
    const { sealedCallbackUrl } = JSON.parse(codec.open(push)) as { sealedCallbackUrl: string };
    expect(codec.read(push.id, codec.open(push), sealedCallbackUrl)?.secrets).toBeNull();
  });
});
