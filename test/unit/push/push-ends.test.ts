/** Ends that are true: what may have left is UNKNOWN, what has not left frees its key, and nobody is waited for in vain. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { Secret } from '../../../src/domain/secret.js';
import type { MdesClient, PushRequest } from '../../../src/mdes/mdes-client.js';
import { MdesError } from '../../../src/mdes/mdes-error.js';
import type { PushLedger } from '../../../src/push/ledger/ledger.js';
import { MemoryLedger } from '../../../src/push/ledger/memory-ledger.js';
import type { PushLimits } from '../../../src/push/push-limits.js';
import { PushService } from '../../../src/push/push-service.js';
import { pushStatus } from '../../../src/push/push-status.js';
import { ledgerWith } from '../../support/ledger/ledger-with.js';
import { attemptOf } from '../../support/ledger/ledgers.js';
import { REQUESTOR } from '../../support/push/push-race.js';
import { ANY_PUSH } from '../../support/push/pushes.js';
import { type RaceWorld, raceWorld } from '../../support/push/race-world.js';
import { UNAUDITED } from '../../support/push/unaudited.js';

describe('the end of a push', () => {
  let world: RaceWorld;
  let ledger: MemoryLedger;
  let requests: PushRequest[];
  beforeAll(async () => {
    world = await raceWorld();
  });
  beforeEach(() => {
    ledger = new MemoryLedger({ clock: { now: () => Date.now() } });
    requests = [];
  });
  afterEach(() => ledger.close());
  afterAll(() => world.close());

  const input = {
    idempotencyKey: 'k',
    tokenRequestorId: REQUESTOR,
    fundingAccountIds: ['card-1'],
    requestIssuerInitiatedDigitizationData: false,
    callbackUrl: null,
    locale: null,
    platform: null,
    accountHolderData: [],
    pushAccountReceiptsValidityPeriod: 15,
  } as const;

  function serviceOver(
    over: Partial<PushLedger>,
    answer: () => Promise<void> = async () => undefined,
    more: { readonly limits?: PushLimits } = {},
  ) {
    const mdes: MdesClient = {
      async pushMultipleAccounts(request) {
        requests.push(request);
        await answer();
        const accounts = request.accounts.map(({ pushAccountId }) => ({
          pushAccountId,
          pushAccountReceipt: new Secret(`MCC-${pushAccountId}`),
          issuerInitiatedDigitizationData: null,
        }));
        return { accounts, handOffs: [] };
      },
      getEligibleTokenRequestors: async () => [],
      getAsset: async () => null,
      state: () => 'ready',
      close: async () => undefined,
    };
    return new PushService({
      ...world.deps,
      ledger: ledgerWith(ledger, over),
      mdes,
      clock: { now: () => Date.now() },
      stepUp: null,
      callbackRules: () => [],
      callbackRoute: (pushId) => pushId,
      proprietaryHandOffs: () => [],
      ...more,
    });
  }
  const caller = () => ({
    accountHolder: 'susan',
    audited: UNAUDITED,
    client: null,
    address: '127.0.0.1',
    grant: ANY_PUSH,
    log: world.deps.log,
  });
  const lost = () => new GatewayError('LEDGER_UNAVAILABLE', 'the answer is lost');
  /** Taken by somebody else's request, with other input: KEY_REUSED where it is not free. */
  const isFree = async () => (await ledger.reserve(attemptOf('k'))).kind === 'OURS';

  it('keeps how she had signed in, and with which app', async () => {
    const grant = { ...ANY_PUSH, acr: 'urn:bank:sca', authTime: 1_790_000_000 };
    const result = await serviceOver({}).push({ ...caller(), grant, client: 'bank-app' }, input);
    const id = result.kind === 'PUSH' ? result.push.id : '';
    expect((await ledger.find(id, 'anybody'))?.evidence).toEqual({
      acr: 'urn:bank:sca',
      authTime: 1_790_000_000,
      client: 'bank-app',
    });
  });

  it('is UNKNOWN after an error that nobody foresaw: it may have been sent', async () => {
    const service = serviceOver({}, () => Promise.reject(new TypeError('a defect')));
    const result = await service.push(caller(), input);
    expect(result.kind === 'PUSH' && pushStatus(result.push)).toBe('UNKNOWN');
    expect(await isFree()).toBe(false);
  });

  it.each<[string, Partial<PushLedger>]>([
    [
      'the mark',
      {
        markSent: async (...one) => {
          await ledger.markSent(...one);
          throw lost();
        },
      },
    ],
    [
      'the reservation',
      {
        reserve: async (...one) => {
          await ledger.reserve(...one);
          throw lost();
        },
      },
    ],
  ])('is “not sent”, and the key free at once, where the answer to %s was lost', async (_, over) => {
    const service = serviceOver(over);
    await expect(service.push(caller(), input)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await service.close();
    expect(requests).toEqual([]);
    expect((await ledger.history('susan', 10, null)).entries).toEqual([]);
    expect(await isFree()).toBe(true);
  });

  it('is not reached by an attempt whose key was taken over: nothing is sent', async () => {
    const service = serviceOver({ markSent: async () => null });
    await expect(service.push(caller(), input)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      message: expect.stringContaining('held up for too long'),
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['was answered', async () => undefined, 0],
    ['has an unclear end', () => Promise.reject(new MdesError('UNCLEAR', 'lost')), 0],
    ['was refused by MDES', () => Promise.reject(new MdesError('REFUSED', 'no')), 0],
    ['never left', () => Promise.reject(new MdesError('UNAVAILABLE', 'no connection')), 1],
  ])('counts against the limits unless it was not sent: one that %s', async (_name, answer, expected) => {
    let givenBack = 0;
    const limits: PushLimits = { take: async () => ({ giveBack: () => void givenBack++ }) };
    await serviceOver({}, answer, { limits })
      .push(caller(), input)
      .catch(() => undefined);
    expect(givenBack).toBe(expected);
  });

  it('does not count where it could not be marked', async () => {
    let givenBack = 0;
    const limits: PushLimits = { take: async () => ({ giveBack: () => void givenBack++ }) };
    const service = serviceOver({ markSent: async () => null }, undefined, { limits });
    await expect(service.push(caller(), input)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(givenBack).toBe(1);
  });

  it('is recorded at shutdown, whoever has stopped listening', async () => {
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const service = serviceOver({}, () => answered);
    void service.push(caller(), input);
    while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const closed = service.close();
    answer();
    await closed;
    const { entries } = await ledger.history('susan', 10, null);
    expect(entries).toMatchObject([{ kind: 'PUSH', push: { phase: { kind: 'ANSWERED' } } }]);
  });

  it('is that of the first request for a second one, which waits while the first is checked', async () => {
    const first = attemptOf('k');
    const service = serviceOver({});
    const results = await Promise.all([service.push(caller(), input), service.push(caller(), input)]);
    expect(new Set(results.map((result) => result.kind === 'PUSH' && result.push.id)).size).toBe(1);
    expect(requests).toHaveLength(1);
    expect(first.id).not.toBe(requests[0]?.requestId);
  });
});
