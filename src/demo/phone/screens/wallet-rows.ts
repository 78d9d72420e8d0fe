/** The wallets and merchants for a choice of cards: which take all of them, which do not and why, and which were used before. */
import type { WalletFragment, WalletsQuery } from '../../generated.js';

export interface WalletRow {
  readonly wallet: WalletFragment;
  /** null: it takes them. */
  readonly why: { readonly text: string | null; readonly language: string | null } | null;
  /** When it was last pushed to; null if never. */
  readonly usedAt: string | null;
  /** Whether each of the chosen cards has arrived there. */
  readonly alreadyAdded: boolean;
  /** One of the simulator's, which fail in one way each. */
  readonly forTesters: boolean;
}

type Account = NonNullable<WalletsQuery['fundingAccounts']>[number];
type Verdict = NonNullable<Account['eligibility']>[number];

const ARRIVED = ['APPROVED', 'AUTHENTICATED', 'DUPLICATE_REQUEST'];
/** The ids of the simulator's magic requestors begin so. */
const MAGIC = '501399999';

/** Last used first, then as the gateway orders them. */
export function walletRows({ fundingAccounts, pushes }: WalletsQuery): readonly WalletRow[] {
  const accounts = fundingAccounts ?? [];
  const ids = accounts.map(({ id }) => id);
  const earlier = pushes?.nodes ?? [];
  const rows = (accounts[0]?.eligibility ?? []).map(({ tokenRequestor: wallet }): WalletRow => {
    const theirs = earlier.filter(({ tokenRequestorId }) => tokenRequestorId === wallet.id);
    const arrived = theirs.flatMap((push) =>
      push.accounts.filter(({ outcome }) => outcome !== null && ARRIVED.includes(outcome)),
    );
    return {
      wallet,
      why: whyNot(accounts, wallet.id),
      usedAt: theirs[0]?.createdAt ?? null,
      alreadyAdded: ids.every((id) => arrived.some(({ fundingAccountId }) => fundingAccountId === id)),
      forTesters: wallet.id.startsWith(MAGIC),
    };
  });
  return rows.toSorted((a, b) => (b.usedAt ?? '').localeCompare(a.usedAt ?? ''));
}

/** All of them must be taken, by one of the two ways: by a link, or by data that the app gives to the wallet itself. */
function whyNot(accounts: readonly Account[], wallet: string): WalletRow['why'] {
  const verdicts = accounts.map((account) => ({
    byLink: account.eligibility?.find(({ tokenRequestor }) => tokenRequestor.id === wallet),
    byData: account.byData?.find(({ tokenRequestor }) => tokenRequestor.id === wallet),
  }));
  const canByLink = verdicts.every(({ byLink }) => byLink?.status === 'ELIGIBLE');
  const canByData = verdicts.every(({ byData }) => byData !== undefined);
  if (!canByLink && !canByData) return reasonOf(verdicts.map(({ byLink }) => byLink));
  const most = Math.min(...verdicts.map(({ byLink }) => byLink?.maximumAccounts ?? 1));
  return accounts.length > most ? { text: null, language: null } : null;
}

function reasonOf(verdicts: readonly (Verdict | undefined)[]): WalletRow['why'] {
  const refusal = verdicts.find((verdict) => verdict?.refusal != null)?.refusal;
  return { text: refusal?.accountHolderText ?? '', language: refusal?.accountHolderTextLanguage ?? 'en' };
}

/** Capitals and accents make no difference. */
export function isCalled({ wallet }: WalletRow, search: string): boolean {
  return plain(wallet.consumerFacingEntityName).includes(plain(search.trim()));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
