/** What the card store may answer: checked at the boundary, card numbers sealed on the way in. */
import { z } from 'zod';
import { accountRangeForm } from '../domain/account-range.js';
import {
  FUNDING_ACCOUNT_KINDS,
  FUNDING_ACCOUNT_STATUSES,
  type FundingAccount,
  type FundingAccountData,
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

export const fundingAccountsAnswer = z.object({
  fundingAccounts: z
    .array(
      z.object({
        id,
        accountHolder,
        kind: z.enum(FUNDING_ACCOUNT_KINDS),
        label: z.string().max(100),
        lastFour: z.string().regex(/^[A-Za-z0-9]{4}$/),
        status: z.enum(FUNDING_ACCOUNT_STATUSES),
        artUrl: webUrl.nullish(),
        accountRange: accountRangeForm,
      }),
    )
    .max(500),
});

const cardAccountData = z
  .object({
    accountNumber: z.string().regex(/^\d{9,19}$/),
    expiryMonth: z
      .string()
      .regex(/^(0[1-9]|1[0-2])$/)
      .optional(),
    expiryYear: z
      .string()
      .regex(/^\d{2}$/)
      .optional(),
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
type DetailedAccount = z.infer<typeof fundingAccountDataAnswer>['fundingAccounts'][number];

export function toFundingAccount(account: ListedAccount): FundingAccount {
  const { accountHolder: _, artUrl, ...rest } = account;
  return { ...rest, artUrl: artUrl ?? null };
}

export function toFundingAccountData(
  account: DetailedAccount,
  items: readonly AccountHolderDataItem[],
): { readonly data: FundingAccountData; readonly leftOut: readonly LeftOut[] } {
  const { holder, leftOut } = toHolderData(account.accountHolderData ?? {}, items);
  return { data: { account: toAccount(account), holder: new Secret(holder) }, leftOut };
}

function toAccount({
  cardAccountData: card,
  financialAccountData: financial,
}: DetailedAccount): FundingAccountData['account'] {
  if (card !== undefined) {
    const { expiryMonth: month, expiryYear: year } = card;
    const expiry = month === undefined || year === undefined ? null : new Secret({ month, year });
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
