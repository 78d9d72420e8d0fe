/** The card store's data for one request: what its fields ask for in one tick is asked for together, number let go. */
import DataLoader from 'dataloader';
import { asError } from '../../catalogue/answers.js';
import type {
  AccountHolderData,
  FundingAccountData,
  JudgedAccountData,
} from '../../domain/funding-account.js';
import { Secret } from '../../domain/secret.js';
import { ACCOUNT_HOLDER_DATA_ITEMS, type AccountHolderDataItem } from '../../domain/token-requestor.js';
import { type CardStore, MOST_ACCOUNTS_AT_ONCE } from '../../vault/card-store.js';

export interface AccountDataQuestion {
  readonly accountId: string;
  /** In the order of their declaration. */
  readonly items: readonly AccountHolderDataItem[];
}

/** null: the store does not know the account. */
export type AccountDataLoader = DataLoader<AccountDataQuestion, JudgedAccountData | null, string>;

export function createAccountDataLoader(cardStore: CardStore, accountHolder: string): AccountDataLoader {
  return new DataLoader(
    async (questions) => {
      const ids = [...new Set(questions.map(({ accountId }) => accountId))];
      const items = ACCOUNT_HOLDER_DATA_ITEMS.filter((item) =>
        questions.some((one) => one.items.includes(item)),
      );
      const answers = new Map<string, FundingAccountData | Error>();
      const ask = async (some: readonly string[]): Promise<void> => {
        try {
          const known = await cardStore.fundingAccountData(accountHolder, some, items);
          for (const [id, data] of known) answers.set(id, data);
        } catch (error) {
          for (const id of some) answers.set(id, asError(error));
        }
      };
      await Promise.all(inBatches(ids).map(ask));
      return questions.map((question) => {
        const answer = answers.get(question.accountId);
        return answer === undefined || answer instanceof Error
          ? (answer ?? null)
          : judgedData(answer, question.items);
      });
    },
    { cacheKeyFn: ({ accountId, items }) => [accountId, ...items].join() },
  );
}

function inBatches(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MOST_ACCOUNTS_AT_ONCE);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * MOST_ACCOUNTS_AT_ONCE, (index + 1) * MOST_ACCOUNTS_AT_ONCE),
  );
}

/** Without the number, which is never opened, and without items that only another field asked for. */
function judgedData(
  { account, holder }: FundingAccountData,
  items: readonly AccountHolderDataItem[],
): JudgedAccountData {
  const all = holder.reveal();
  const asked: AccountHolderData = Object.fromEntries(items.map((item) => [item, all[item]]));
  return {
    account:
      account.kind === 'CARD'
        ? { kind: account.kind, card: { expiry: account.card.expiry } }
        : { kind: account.kind },
    holder: new Secret(asked),
  };
}
