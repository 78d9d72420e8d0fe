/** What the card store may answer: checked at the boundary, card numbers sealed on the way in. */
import { z } from 'zod';
import { accountRangeForm } from '../domain/account-range.js';
import {
  type CardExpiry,
  FUNDING_ACCOUNT_KINDS,
  FUNDING_ACCOUNT_STATUSES,
  type FundingAccount,
  type FundingAccountData,
  type JudgedAccountData,
} from '../domain/funding-account.js';
import { Secret } from '../domain/secret.js';
import type { AccountHolderDataItem } from '../domain/token-requestor.js';
import { parseUrl } from '../domain/url.js';
import { MOST_ACCOUNTS_AT_ONCE } from './card-store.js';
import { type LeftOut, toHolderData } from './holder-data/holder-data.js';
import { rawHolderData } from './holder-data/raw-holder-data.js';

const id = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/);
const accountHolder = z.string().min(1).max(255);
const alpha3 = z.string().regex(/^[A-Z]{3}$/);

const webUrl = z
  .string()
  .max(2048)
  .refine((text) => /^https?:$/.test(parseUrl(text)?.protocol ?? ''));

const expiryMonth = z.string().regex(/^(0[1-9]|1[0-2])$/);
const expiryYear = z.string().regex(/^\d{2}$/);

export const fundingAccountsAnswer = z.object({
  fundingAccounts: z
    .array(
      z
        .object({
          id,
          accountHolder,
          kind: z.enum(FUNDING_ACCOUNT_KINDS),
          label: z.string().max(100),
          lastFour: z.string().regex(/^[A-Za-z0-9]{4}$/),
          status: z.enum(FUNDING_ACCOUNT_STATUSES),
          artUrl: webUrl.nullish(),
          accountRange: accountRangeForm,
          expiryMonth: expiryMonth.nullish(),
          expiryYear: expiryYear.nullish(),
        })
        .refine(
          ({ expiryMonth: month, expiryYear: year }) =>
            (month === undefined) === (year === undefined) && (month === null) === (year === null),
        ),
    )
    .max(500),
});

const cardAccountData = z
  .object({
    accountNumber: z.string().regex(/^\d{9,19}$/),
    expiryMonth: expiryMonth.optional(),
    expiryYear: expiryYear.optional(),
  })
  .refine((card) => (card.expiryMonth === undefined) === (card.expiryYear === undefined));

const financialAccountData = z.object({
  financialAccountId: z.string().regex(/^\S{9,64}$/),
  interbankCardAssociationId: z.string().regex(/^\d{3,11}$/),
  countryCode: alpha3,
});

export const fundingAccountDataAnswer = z.object({
  fundingAccounts: z
    .array(
      z
        .object({
          id,
          accountHolder,
          cardAccountData: cardAccountData.optional(),
          financialAccountData: financialAccountData.optional(),
          accountHolderData: rawHolderData.nullish(),
        })
        .refine(
          (account) =>
            (account.cardAccountData === undefined) !== (account.financialAccountData === undefined),
        ),
    )
    .max(MOST_ACCOUNTS_AT_ONCE),
});

type ListedAccount = z.infer<typeof fundingAccountsAnswer>['fundingAccounts'][number];
export type DetailedAccount = z.infer<typeof fundingAccountDataAnswer>['fundingAccounts'][number];

export function toFundingAccount(account: ListedAccount): FundingAccount {
  const { id, kind, label, lastFour, status, artUrl = null, accountRange } = account;
  const { expiryMonth: month, expiryYear: year } = account;
  const expiry = month !== undefined || kind !== 'CARD' ? toExpiry(month, year) : undefined;
  return { id, kind, label, lastFour, status, artUrl, accountRange, expiry };
}

function toExpiry(month: string | null | undefined, year: string | null | undefined): CardExpiry | null {
  return month == null || year == null ? null : new Secret({ month, year });
}

export function toFundingAccountData(
  account: DetailedAccount,
  items: readonly AccountHolderDataItem[],
): { readonly data: FundingAccountData; readonly leftOut: readonly LeftOut[] } {
  const { holder, leftOut } = toHolderData(account.accountHolderData ?? {}, items);
  return { data: { account: toAccount(account), holder: new Secret(holder) }, leftOut };
}

/** In the order of the sets, each as if nothing else had been asked for; the number is never opened. */
export function toJudgedData(
  account: DetailedAccount,
  itemSets: readonly (readonly AccountHolderDataItem[])[],
): { readonly data: readonly JudgedAccountData[]; readonly leftOut: readonly LeftOut[] } {
  const each = itemSets.map((items) => toFundingAccountData(account, items));
  // An item that several sets hold is named once.
  const leftOut = new Map(each.flatMap((one) => one.leftOut).map((one) => [one.item, one]));
  return { data: each.map(({ data }) => withoutNumber(data)), leftOut: [...leftOut.values()] };
}

function withoutNumber({ account, holder }: FundingAccountData): JudgedAccountData {
  return account.kind === 'CARD'
    ? { account: { kind: account.kind, card: { expiry: account.card.expiry } }, holder }
    : { account: { kind: account.kind }, holder };
}

function toAccount({
  cardAccountData: card,
  financialAccountData: financial,
}: DetailedAccount): FundingAccountData['account'] {
  if (card !== undefined) {
    const expiry = toExpiry(card.expiryMonth, card.expiryYear);
    return { kind: 'CARD', card: { accountNumber: new Secret(card.accountNumber), expiry } };
  }
  if (financial !== undefined) {
    const { financialAccountId, ...rest } = financial;
    return {
      kind: 'FINANCIAL_ACCOUNT',
      financialAccount: { ...rest, financialAccountId: new Secret(financialAccountId) },
    };
  }
  throw new TypeError('an account of no kind passed the schema');
}
