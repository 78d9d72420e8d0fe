import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { createLogger } from '../../../src/observability/logger.js';
import { CallbackStates } from '../../../src/push/ledger/callback-states.js';
import type { PushLedger } from '../../../src/push/ledger/ledger.js';
import { MemoryLedger } from '../../../src/push/ledger/memory-ledger.js';
import { type Push } from '../../../src/push/push.js';
import { PushHistory } from '../../../src/push/push-history.js';
import { pushStatus } from '../../../src/push/push-status.js';
import { UNDER_WAY_MS } from '../../../src/resilience/time-limits.js';
import {
  answered,
  attemptOf,
  MINUTE,
  makeLedgerKeys,
  newLedgerKey,
  RECEIPT,
  RETURN_URL,
  sent,
} from '../../support/ledger/ledgers.js';
import { CREATED_AT } from '../../support/push/pushes.js';
import { UNAUDITED } from '../../support/push/unaudited.js';

const [oldKey, newKey] = [newLedgerKey(), newLedgerKey()];
const states = new CallbackStates(makeLedgerKeys(oldKey));

describe('the history of pushes', () => {
  let now = CREATED_AT;
  let ledger: MemoryLedger;
  let lines: string[];
  let push: Push;
  const attempt = attemptOf('k');
  const clock = { now: () => now };
  const sink = new PassThrough().on('data', (line: Buffer) => lines.push(line.toString('utf8')));
  const caller = { accountHolder: 'susan', log: createLogger('info', sink), audited: UNAUDITED };
  const history = (over: PushLedger = ledger) => new PushHistory({ ledger: over, states });
  const comesBack = (over?: PushLedger, state = states.of(push.id)) =>
    history(over).recordReturn(caller, {
      pushId: push.id,
      states: [state],
      said: `results[${RECEIPT}]=APPROVED`,
    });
  const comesBackSilent = () =>
    history().recordReturn(caller, { pushId: push.id, states: ['x', states.of(push.id)], said: 'a=1' });

  beforeEach(async () => {
    now = CREATED_AT;
    ledger = new MemoryLedger({ clock });
    lines = [];
    push = await sent(ledger, attempt);
  });
  afterEach(() => ledger.close());

  const isAnswered = () => ledger.conclude(attempt, push, answered(push));

  const changingBy = (change: PushLedger['change']): PushLedger => ({
    reserve: (...one) => ledger.reserve(...one),
    markSent: (...one) => ledger.markSent(...one),
    conclude: (...one) => ledger.conclude(...one),
    release: (...one) => ledger.release(...one),
    find: (...one) => ledger.find(...one),
    history: (...one) => ledger.history(...one),
    state: () => ledger.state(),
    close: () => ledger.close(),
    change,
  });

  it('asks the ledger nothing for a state that is not ours: guessing costs us nothing', async () => {
    const asked: string[] = [];
    const watched = new Proxy(ledger, {
      get(target, name) {
        asked.push(String(name));
        return Reflect.get(target, name, target);
      },
    });
    for (const state of ['', 'x', states.of('another'), states.of(push.id).slice(1), 'é'.repeat(11)]) {
      expect(await comesBack(watched, state)).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('knows a state that was made with any of its keys, and with no other', async () => {
    const later = new CallbackStates(makeLedgerKeys(newKey, oldKey));
    expect(later.isOf(push.id, states.of(push.id))).toBe(true);
    expect(later.isOf(push.id, later.of(push.id))).toBe(true);
    expect(states.isOf(push.id, later.of(push.id))).toBe(false);
  });

  it('says once in the log what it has recorded, however often the ledger begins anew', async () => {
    await isAnswered();
    const twice = changingBy(async (id, holder, change) => {
      const known = await ledger.find(id, holder);
      if (known !== null) change(known);
      return ledger.change(id, holder, change);
    });
    await history(twice).recordHandOff(caller, push.id, 'IOS');
    await comesBack(twice);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['push.handed-off', 'push.outcome']);
  });

  it('knows by a return alone that the push was handed off, and says it once', async () => {
    await isAnswered();
    for (let times = 0; times < 2; times++) {
      expect(await comesBackSilent()).toMatchObject({
        handedOff: { platform: 'IOS', at: now },
        accounts: [{ outcome: null }],
      });
    }
    await comesBack();
    expect(await comesBackSilent()).toMatchObject({ accounts: [{ outcome: { outcome: 'APPROVED' } }] });
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['push.handed-off', 'push.outcome']);
  });

  it('takes no return for a hand-off where the receipts have expired, or nothing is known', async () => {
    expect(await comesBackSilent()).toMatchObject({ handedOff: null });
    await isAnswered();
    now += 15 * MINUTE;
    const back = await comesBackSilent();
    expect([back?.handedOff, back && pushStatus(back)]).toEqual([null, 'EXPIRED']);
  });

  it('says nothing in the log of what the ledger has not taken', async () => {
    const ended = await isAnswered();
    const failing = changingBy(async (_id, _holder, change) => {
      change(ended);
      throw new GatewayError('LEDGER_UNAVAILABLE', 'away');
    });
    await expect(comesBack(failing)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(lines).toEqual([]);
  });

  it('loses no result that comes before the ledger knows of the receipts: come again, it says', async () => {
    await expect(comesBack()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 });
    const outcomes = [{ fundingAccountId: 'card-1', outcome: 'APPROVED' }] as const;
    await expect(history().recordOutcome(caller, push.id, outcomes)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    await isAnswered();
    expect(await comesBack()).toMatchObject({ accounts: [{ outcome: { outcome: 'APPROVED' } }] });
  });

  it('sends her on when nobody can be at the push any more: the process died, and its end is not known', async () => {
    now += UNDER_WAY_MS;
    const back = await comesBack();
    expect(back).toMatchObject({ returnUrl: RETURN_URL, accounts: [{ outcome: null }] });
    expect(back && pushStatus(back)).toBe('UNKNOWN');
  });

  it('holds nobody up who comes back without results, or when the receipts are gone', async () => {
    expect(await comesBackSilent()).not.toBeNull();
    now += 15 * MINUTE;
    expect(await comesBack()).toMatchObject({ accounts: [{ outcome: null }] });
  });
});
