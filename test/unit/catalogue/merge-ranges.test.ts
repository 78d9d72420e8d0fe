/** Merging by shared lists gives what merging range by range gives. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RangeEntry } from '../../../src/catalogue/catalogue-entries.js';
import { mergeRanges } from '../../../src/catalogue/merge-ranges.js';
import { RequestorLists } from '../../../src/catalogue/requestor-lists.js';
import type { AccountRange } from '../../../src/domain/account-range.js';
import { range } from '../../support/mdes/mdes-fixtures.js';
import { requestorTable } from '../../support/push/requestor-table.js';

const [flags] = requestorTable([[]]);
const RANGES = Array.from({ length: 6 }, (_, index) => range(String(520474000 + index)));

/** Range by range, as the words say it: of two statements the newer counts, of two as new the first. */
function oracle(ranges: readonly AccountRange[], entries: readonly (RangeEntry | undefined)[]) {
  const found = new Map<string, { storedAt: number; name: string; enabled: Set<AccountRange> }>();
  for (const [index, one] of ranges.entries()) {
    for (const { id, name } of entries[index]?.list.requestors ?? []) {
      const storedAt = entries[index]?.storedAt ?? 0;
      const known = found.get(id) ?? { storedAt, name, enabled: new Set() };
      known.enabled.add(one);
      if (storedAt > known.storedAt) Object.assign(known, { storedAt, name });
      found.set(id, known);
    }
  }
  return [...found].map(([id, { name, enabled }]) => ({ id, name, enabledAccountRanges: [...enabled] }));
}

it('is the same for any ranges, ages and statements', () => {
  const lists = new RequestorLists();
  const list = fc
    .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 4 }), name: fc.constantFrom('a', 'b', 'c') }), {
      selector: ({ id }) => id,
      maxLength: 4,
    })
    .map((some) =>
      lists.keepList(
        some.map(({ id, name }) => {
          if (flags === undefined) throw new Error('an empty table');
          return lists.keepRequestor({ ...flags, id: String(50100000000 + id), name });
        }),
      ),
    );
  const entry = fc.option(fc.record({ storedAt: fc.integer({ min: 1, max: 3 }), list }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ of: fc.constantFrom(...RANGES), entry }), { selector: ({ of }) => of }),
      (asked) => {
        const ranges = asked.map(({ of }) => of);
        const entries = asked.map(({ entry: its }) => its);
        const merged = mergeRanges(ranges, entries).map(({ id, name, enabledAccountRanges }) => ({
          id,
          name,
          enabledAccountRanges,
        }));
        expect(merged).toEqual(oracle(ranges, entries));
      },
    ),
    { numRuns: 1000 },
  );
});
