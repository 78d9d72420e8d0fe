/** The ledger in memory is bounded: when it is full it refuses, and forgets nothing that is still to be known. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KEY_LIFE_MS } from '../../../src/push/ledger/ledger.js';
import { MemoryLedger } from '../../../src/push/ledger/memory-ledger.js';
import { UNDER_WAY_MS } from '../../../src/resilience/time-limits.js';
import { attemptOf, ended, sent } from '../../support/ledger/ledgers.js';

const CAPACITY = 10;
const SUSAN = { accountHolder: 'susan' };

let now: number;
let ledger: MemoryLedger;
beforeEach(() => {
  now = Date.UTC(2026, 10, 26);
  ledger = new MemoryLedger({ clock: { now: () => now }, capacity: CAPACITY });
});
afterEach(() => ledger.close());

async function fill(): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < CAPACITY; index++) ids.push((await ended(ledger, attemptOf(`k-${index}`))).id);
  return ids;
}

describe('a ledger in memory that is full', () => {
  it('refuses a new key, and says that nothing was pushed', async () => {
    await fill();
    await expect(ledger.reserve(attemptOf('one more'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      message: expect.stringContaining('Nothing was pushed'),
      retryAfterSeconds: 60,
    });
  });

  it('still knows every key of the last 24 hours, to its last millisecond', async () => {
    const ids = await fill();
    now += KEY_LIFE_MS - 1;
    await expect(ledger.reserve(attemptOf('one more'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    for (const [index, id] of ids.entries()) {
      expect(await ledger.reserve(attemptOf(`k-${index}`))).toMatchObject({
        kind: 'SAME_INPUT',
        push: { id },
      });
    }
  });

  it('has room again after a day, and then drops the oldest of its history first', async () => {
    const [oldest = '', next = ''] = await fill();
    now += KEY_LIFE_MS;
    await sent(ledger, attemptOf('one more'));
    expect(await ledger.find(oldest, SUSAN)).toBeNull();
    expect(await ledger.find(next, SUSAN)).not.toBeNull();
  });

  it('has room again where keys were reserved and abandoned, not while they are under way', async () => {
    for (let index = 0; index < CAPACITY; index++) await ledger.reserve(attemptOf(`k-${index}`));
    now += UNDER_WAY_MS - 1;
    await expect(ledger.reserve(attemptOf('one more'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    now += 1;
    expect(await ledger.reserve(attemptOf('one more'))).toEqual({ kind: 'OURS' });
  });

  it('has room again where a push was certainly not carried out', async () => {
    await fill();
    await ledger.release(attemptOf('k-0'));
    await expect(ledger.reserve(attemptOf('one more'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    const small = new MemoryLedger({ clock: { now: () => now }, capacity: 1 });
    const attempt = attemptOf('k');
    await sent(small, attempt);
    await expect(small.reserve(attemptOf('other'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await small.release(attempt);
    expect(await small.reserve(attemptOf('other'))).toEqual({ kind: 'OURS' });
    await small.close();
  });
});
