import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { MemoryLedger } from '../../src/push/memory-ledger.js';
import { type Push, pushStatus } from '../../src/push/push.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
let now = Date.UTC(2026, 10, 23);
const clock = { now: () => now };

function push(id: string, accountHolder = 'susan'): Push {
  return {
    id,
    accountHolder,
    tokenRequestorId: '50123456789',
    accounts: [{ fundingAccountId: 'card-1', lastFour: '2345' }],
    accountRanges: [],
    createdAt: now,
    expiresAt: now + 15 * MINUTE,
    phase: { kind: 'SENT' },
  };
}

function identity(idempotencyKey: string, fingerprint = 'f', accountHolder = 'susan') {
  return { accountHolder, idempotencyKey, fingerprint };
}

const READY = {
  kind: 'ANSWERED',
  results: [{ kind: 'PUSHED', receipt: new Secret('MCC-1'), digitizationData: null }],
  handOffs: [],
} as const;

describe('the ledger in memory', () => {
  const ledgers: MemoryLedger[] = [];
  const make = (capacity?: number) => {
    const ledger = new MemoryLedger({ clock, ...(capacity !== undefined && { capacity }) });
    ledgers.push(ledger);
    return ledger;
  };
  afterEach(() => Promise.all(ledgers.splice(0).map((ledger) => ledger.close())));

  it('lets one of many take a key', async () => {
    const ledger = make();
    const entries = await Promise.all([1, 2, 3].map((n) => ledger.reserve(identity('k'), push(`p${n}`))));
    expect(entries.filter((entry) => entry === null)).toHaveLength(1);
    expect(entries.filter((entry) => entry?.kind === 'SAME_INPUT')).toHaveLength(2);
  });

  it('tells the same key with other input apart, and account holders', async () => {
    const ledger = make();
    await ledger.reserve(identity('k'), push('p1'));
    expect(await ledger.find(identity('k', 'other'))).toEqual({ kind: 'OTHER_INPUT' });
    expect(await ledger.find(identity('k', 'f', 'amir'))).toBeNull();
    expect(await ledger.get('amir', 'p1')).toBeNull();
    expect((await ledger.get('susan', 'p1'))?.id).toBe('p1');
  });

  it('drops receipts when they expire, keeps the key for a day', async () => {
    const ledger = make();
    const reserved = push('p1');
    await ledger.reserve(identity('k'), reserved);
    await ledger.conclude(reserved, READY);
    now += 15 * MINUTE;
    const entry = await ledger.find(identity('k'));
    expect(entry?.kind === 'SAME_INPUT' && pushStatus(entry.push)).toBe('EXPIRED');
    expect(entry?.kind === 'SAME_INPUT' && entry.push.phase).toEqual({ kind: 'EXPIRED', refusals: [] });
  });

  it('frees the key of a push that was not carried out', async () => {
    const ledger = make();
    const reserved = push('p1');
    await ledger.reserve(identity('k'), reserved);
    await ledger.release(reserved);
    expect(await ledger.find(identity('k'))).toBeNull();
    expect(await ledger.get('susan', 'p1')).toBeNull();
  });

  it('fails closed when full of pushes that live, and makes room from those that ended', async () => {
    const ledger = make(2);
    const [first, second] = [push('p1'), push('p2')];
    await ledger.reserve(identity('k1'), first);
    await ledger.reserve(identity('k2'), second);
    await expect(ledger.reserve(identity('k3'), push('p3'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    await ledger.conclude(first, READY);
    await expect(ledger.reserve(identity('k3'), push('p3'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    now += 15 * MINUTE;
    expect(await ledger.reserve(identity('k3'), push('p3'))).toBeNull();
    expect(await ledger.find(identity('k1'))).toBeNull();
    expect(await ledger.find(identity('k2'))).not.toBeNull();
    now += DAY;
    expect(await ledger.reserve(identity('k4'), push('p4'))).toBeNull();
    expect(await ledger.find(identity('k2'))).toBeNull();
  });
});
