/** The card store's data for one request: what its fields ask for in one tick is asked for together, number let go. */
import DataLoader from 'dataloader';
import { asError, inBatches } from '../../domain/answers.js';
import type { JudgedAccountData } from '../../domain/funding-account.js';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import { type AskedCardStore, MOST_ACCOUNTS_AT_ONCE } from '../../vault/card-store.js';

type Items = readonly AccountHolderDataItem[];

interface AccountDataQuestion {
  readonly accountId: string;
  /** In the order of their declaration. */
  readonly items: Items;
}

/** null: the store does not know the account. */
export type AccountDataLoader = DataLoader<AccountDataQuestion, JudgedAccountData | null, string>;

/**
 * An account is asked for once, whatever sets of items are asked of it; those of which the same is asked go together, a
 * few in a request. No account is asked for an item that is asked of another one only.
 */
export function createAccountDataLoader(cardStore: AskedCardStore, accountHolder: string): AccountDataLoader {
  return new DataLoader(
    async (questions) => {
      const answers = new Map<string, JudgedAccountData | Error>();
      const ask = async (ids: readonly string[], sets: readonly Items[]): Promise<void> => {
        const known = await cardStore.judgedAccountData(accountHolder, ids, sets).catch(asError);
        for (const accountId of ids) {
          for (const [index, items] of sets.entries()) {
            const answer = known instanceof Error ? known : known.get(accountId)?.[index];
            if (answer !== undefined) answers.set(keyOf({ accountId, items }), answer);
          }
        }
      };
      const groups = [...groupsOf(questions).values()];
      await Promise.all(
        groups.flatMap(({ ids, sets }) =>
          inBatches(ids, MOST_ACCOUNTS_AT_ONCE).map((some) => ask(some, sets)),
        ),
      );
      return questions.map((question) => answers.get(keyOf(question)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

interface Group {
  readonly ids: string[];
  readonly sets: readonly Items[];
}

/** Accounts of which the same sets are asked. */
function groupsOf(questions: readonly AccountDataQuestion[]): ReadonlyMap<string, Group> {
  const setsOf = new Map<string, Items[]>();
  for (const { accountId, items } of questions) {
    const sets = setsOf.get(accountId);
    if (sets === undefined) setsOf.set(accountId, [items]);
    else sets.push(items);
  }
  const groups = new Map<string, Group>();
  for (const [accountId, sets] of setsOf) {
    const key = sets.map((items) => items.join()).join(';');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ids: [accountId], sets });
    else group.ids.push(accountId);
  }
  return groups;
}

function keyOf({ accountId, items }: AccountDataQuestion): string {
  return [accountId, ...items].join();
}
