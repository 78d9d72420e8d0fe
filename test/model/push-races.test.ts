/** Duplicates, crashes, timeouts and callbacks in any order: nothing is sent twice, nothing is lost, no end is a lie. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { MemoryLedger } from '../../src/push/ledger/memory-ledger.js';
import { ledgerWith } from '../support/ledger/ledger-with.js';
import { runs } from '../support/models.js';
import { type RaceDeps, race, type Store } from '../support/push/push-race.js';
import { type RaceWorld, racePlan, raceWorld } from '../support/push/race-world.js';

const RUNS = runs(1000);
/** A planted ledger is found before long, or not at all. */
const PATIENCE = 1000;
const STARTED_AT = Date.UTC(2026, 10, 23);

async function openStore(): Promise<Store> {
  let now = STARTED_AT;
  const ledger = new MemoryLedger({ clock: { now: () => now } });
  return {
    ledger,
    age: async (ms) => {
      now += ms;
    },
    close: () => ledger.close(),
  };
}

type Plant = NonNullable<RaceDeps['plant']>;

function planted(change: (ledger: PushLedger, pause: () => Promise<void>) => Partial<PushLedger>): Plant {
  return (ledger, pause) => ledgerWith(ledger, change(ledger, pause));
}

/** What a ledger could do wrong, and what is found of it. */
const PLANTED: readonly (readonly [what: string, expected: RegExp, Plant])[] = [
  [
    'gives one key to two',
    // The second attempt's release finds its key under another name, so that it may also stay for ever.
    /sent twice|where nothing was sent/,
    planted((ledger, pause) => ({
      reserve: async (attempt) => {
        const found = await ledger.reserve(attempt);
        if (found.kind !== 'HELD') return found;
        await pause();
        const other = { ...attempt.identity, idempotencyKey: attempt.id };
        return ledger.reserve({ ...attempt, identity: other });
      },
      markSent: async (attempt, push) => {
        const other = { ...attempt.identity, idempotencyKey: attempt.id };
        return (
          (await ledger.markSent(attempt, push)) ?? ledger.markSent({ ...attempt, identity: other }, push)
        );
      },
    })),
  ],
  [
    'lets an attempt be sent whose key has been taken over',
    /sent twice|not known|GONE where/,
    planted((ledger) => ({
      markSent: async (attempt, push) =>
        (await ledger.markSent(attempt, push)) ?? {
          ...push,
          createdAt: STARTED_AT,
          expiresAt: STARTED_AT + push.validityMs,
          readAt: STARTED_AT,
          phase: { kind: 'SENT' },
          handedOff: null,
          handOffs: [],
        },
    })),
  ],
  [
    'frees the key of what has ended',
    /sent twice|GONE where|READY where/,
    planted((ledger) => ({
      conclude: async (attempt, sent, end) => {
        const push = { ...sent, ...end };
        await ledger.release(attempt);
        return push;
      },
    })),
  ],
  [
    'forgets what it is told of an end',
    /UNKNOWN where|not known|a receipt is missing|an outcome/,
    planted(() => ({ conclude: async (_attempt, sent, end) => ({ ...sent, ...end }) })),
  ],
  [
    'releases nothing',
    /where nothing was sent|where UNREACHABLE|where BUSY/,
    planted(() => ({ release: async () => undefined })),
  ],
  [
    'writes over what another has written meanwhile',
    /an outcome that was taken is lost|where|missing/,
    planted((ledger, pause) => ({
      change: async (pushId, holder, change) => {
        const known = await ledger.find(pushId, holder);
        await pause();
        const next = known === null ? null : change(known);
        return ledger.change(pushId, holder, () => next);
      },
    })),
  ],
  ['finds nothing that was sent', /not known|GONE where/, planted(() => ({ change: async () => null }))],
];

describe('pushes that race', () => {
  let world: RaceWorld;
  beforeAll(async () => {
    world = await raceWorld();
  });
  afterAll(() => world.close());

  const property = (plant?: Plant) =>
    fc.asyncProperty(fc.scheduler(), racePlan, async (scheduler, drawn) => {
      const deps = { ...world.deps, openStore };
      expect(await race(scheduler, drawn, plant === undefined ? deps : { ...deps, plant })).toEqual([]);
    });

  it(`are honest in ${RUNS} random orders`, async () => {
    const result = await fc.check(property(), { numRuns: RUNS, endOnFailure: true });
    process.stdout.write(`push races: ${result.numRuns} orders, seed ${result.seed}\n`);
    expect(result.errorInstance ?? fc.defaultReportMessage(result)).toBeUndefined();
    expect(result.numRuns).toBe(RUNS);
  });

  it.each(PLANTED)('are found out over a ledger that %s', async (_what, expected, plant) => {
    const result = await fc.check(property(plant), { numRuns: PATIENCE, endOnFailure: true });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(expected);
  });
});
