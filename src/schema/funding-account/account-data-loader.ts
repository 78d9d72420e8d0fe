/** The card store's data for one request: what its fields ask for in one tick is asked for together, number let go. */
import DataLoader from 'dataloader';
import { asError, inBatches } from '../../domain/answers.js';
import type { FundingAccountData, JudgedAccountData } from '../../domain/funding-account.js';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import { type CardStore, MOST_ACCOUNTS_AT_ONCE } from '../../vault/card-store.js';

interface AccountDataQuestion {
  readonly accountId: string;
  /** In the order of their declaration. */
  readonly items: readonly AccountHolderDataItem[];
}

/** null: the store does not know the account. */
export type AccountDataLoader = DataLoader<AccountDataQuestion, JudgedAccountData | null, string>;

/**
 * Questions for the same items go together, a few accounts in a request. Those for others do not: what the store knows of
 * one item may shape another, and a preview shall show what a push for the same items would send.
 */
export function createAccountDataLoader(cardStore: CardStore, accountHolder: string): AccountDataLoader {
  const ask = async (
    ids: readonly string[],
    items: readonly AccountHolderDataItem[],
  ): Promise<(FundingAccountData | Error | null)[]> => {
    try {
      const known = await cardStore.fundingAccountData(accountHolder, ids, items);
      return ids.map((id) => known.get(id) ?? null);
    } catch (error) {
      return ids.map(() => asError(error));
    }
  };
  return new DataLoader(
    async (questions) => {
      const answers = new Map<string, JudgedAccountData | Error | null>();
      const itemSets = [...new Set(questions.map(({ items }) => items.join()))];
      const groups = itemSets.map((set) => questions.filter(({ items }) => items.join() === set));
      const batches = groups.flatMap((group) => inBatches(group, MOST_ACCOUNTS_AT_ONCE));
      const requests = batches.map(async (batch) => {
        const items = batch[0]?.items ?? [];
        const data = await ask(
          batch.map(({ accountId }) => accountId),
          items,
        );
        for (const [index, question] of batch.entries()) {
          const answer = data[index] ?? null;
          answers.set(
            keyOf(question),
            answer === null || answer instanceof Error ? answer : judgedData(answer),
          );
        }
      });
      await Promise.all(requests);
      return questions.map((question) => answers.get(keyOf(question)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

function keyOf({ accountId, items }: AccountDataQuestion): string {
  return [accountId, ...items].join();
}

/** Without the number, which is never opened. */
function judgedData({ account, holder }: FundingAccountData): JudgedAccountData {
  return {
    account:
      account.kind === 'CARD'
        ? { kind: account.kind, card: { expiry: account.card.expiry } }
        : { kind: account.kind },
    holder,
  };
}
