/** The history of pushes: what reaches the ledger, and what the log says of it. */
import { generateKeyPairSync } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { createLogger } from '../../../src/observability/logger.js';
import type { PushLedger } from '../../../src/push/ledger/ledger.js';
import { MemoryLedger } from '../../../src/push/ledger/memory-ledger.js';
import { PushKeys } from '../../../src/push/ledger/push-keys.js';
import type { Push } from '../../../src/push/push.js';
import { PushHistory } from '../../../src/push/push-history.js';
import { CREATED_AT, pushOf, VALID_FOR_MS } from '../../support/push/pushes.js';

const keys = new PushKeys(generateKeyPairSync('ed25519').privateKey);
const RECEIPT = 'MCC-STL-1';

describe('the history of pushes', () => {
  let now = CREATED_AT;
  let ledger: MemoryLedger;
  let lines: string[];
  const clock = { now: () => now };
  const owner = keys.owner('susan');
  const answered = pushOf({
    owner,
    phase: { kind: 'ANSWERED', results: [{ kind: 'PUSHED', receiptHash: keys.receiptHash(RECEIPT) }] },
  });
  const sink = new PassThrough().on('data', (line: Buffer) => lines.push(line.toString('utf8')));
  const caller = { accountHolder: 'susan', log: createLogger('info', sink) };
  const history = (over: PushLedger = ledger) => new PushHistory({ ledger: over, keys, clock });
  const comesBack = (over?: PushLedger) =>
    history(over).recordReturn(
      caller.log,
      answered.id,
      keys.state(answered.id),
      `results[${RECEIPT}]=APPROVED`,
    );

  beforeEach(() => {
    now = CREATED_AT;
    ledger = new MemoryLedger({ clock });
    lines = [];
  });
  afterEach(() => ledger.close());

  const remember = (push: Push) => ledger.reserve({ owner, idempotencyKey: 'key', fingerprint: 'f' }, push);

  const changingBy = (change: PushLedger['change']): PushLedger => ({
    find: (identity) => ledger.find(identity),
    reserve: (identity, push) => ledger.reserve(identity, push),
    release: (identity, push) => ledger.release(identity, push),
    get: (id) => ledger.get(id),
    list: (...page) => ledger.list(...page),
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
    for (const state of ['', 'x', keys.state('another'), keys.state(answered.id).slice(1)]) {
      expect(await history(watched).recordReturn(caller.log, answered.id, state, '')).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('says once in the log what it has recorded, however often the ledger begins anew', async () => {
    await remember(answered);
    const twice = changingBy(async (id, change) => {
      const known = await ledger.get(id);
      if (known !== null) change(known);
      return ledger.change(id, change);
    });
    await history(twice).recordHandOff(caller, answered.id, 'IOS');
    await comesBack(twice);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['push.handed-off', 'push.outcome']);
  });

  it('says nothing in the log of what the ledger has not taken', async () => {
    const failing = changingBy(async (_id, change) => {
      change(answered);
      throw new GatewayError('LEDGER_UNAVAILABLE', 'away');
    });
    await expect(comesBack(failing)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(lines).toEqual([]);
  });

  it('loses no result that comes before the ledger knows of the receipts: come again, it says', async () => {
    await remember({ ...answered, phase: { kind: 'SENT' }, secrets: null });
    await expect(comesBack()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 });
    const outcomes = [{ fundingAccountId: 'card-1', outcome: 'APPROVED' }] as const;
    await expect(history().recordOutcome(caller, answered.id, outcomes)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    await ledger.change(answered.id, (known) => ({ ...known, phase: answered.phase }));
    expect((await comesBack())?.push.outcomes).toMatchObject([{ outcome: 'APPROVED' }]);
  });

  it('holds nobody up who comes back without results, or when the receipts are gone', async () => {
    await remember({ ...answered, phase: { kind: 'SENT' }, secrets: null });
    const state = keys.state(answered.id);
    expect(await history().recordReturn(caller.log, answered.id, state, 'a=1')).not.toBeNull();
    now += VALID_FOR_MS;
    expect((await comesBack())?.push.outcomes).toEqual([null]);
  });
});
