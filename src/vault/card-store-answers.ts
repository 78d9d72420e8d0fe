/** What the card store may answer: checked at the boundary, card numbers sealed on the way in. */
import { z } from 'zod';
import { parseAccountRange } from '../domain/account-range.js';
import {
  type AccountHolderData,
  FUNDING_ACCOUNT_KINDS,
  FUNDING_ACCOUNT_STATUSES,
  type FundingAccount,
  type FundingAccountData,
} from '../domain/funding-account.js';
import { Secret } from '../domain/secret.js';
import type { AccountHolderDataItem } from '../domain/token-requestor.js';
import { parseUrl } from '../domain/url.js';

const id = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/);
const accountHolder = z.string().min(1).max(255);
const alpha3 = z.string().regex(/^[A-Z]{3}$/);
const optionalText = (max: number) => z.string().min(1).max(max).optional();

const accountRange = z.string().transform((text, context) => {
  const range = parseAccountRange(text);
  if (range !== undefined) return range;
  context.addIssue({ code: 'custom', message: 'not an account range' });
  return z.NEVER;
});

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
        accountRange,
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

const accountHolderData = z.object({
  accountHolderName: optionalText(27),
  accountHolderAddress: z
    .object({
      line1: optionalText(64),
      line2: optionalText(64),
      city: optionalText(32),
      countrySubdivision: optionalText(12),
      postalCode: optionalText(16),
      country: alpha3.optional(),
    })
    .optional(),
  accountHolderEmailAddress: z.string().min(6).max(320).optional(),
  accountHolderMobilePhoneNumber: z
    .object({
      countryDialInCode: z.string().regex(/^\d{1,4}$/),
      phoneNumber: z.string().regex(/^\d{1,20}$/),
    })
    .optional(),
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
          accountHolderData: accountHolderData.optional(),
        })
        .refine(
          (account) =>
            (account.cardAccountData === undefined) !== (account.financialAccountData === undefined),
        ),
    )
    .max(5),
});

type ListedAccount = z.infer<typeof fundingAccountsAnswer>['fundingAccounts'][number];
type DetailedAccount = z.infer<typeof fundingAccountDataAnswer>['fundingAccounts'][number];

export function toFundingAccount(account: ListedAccount): FundingAccount {
  const { accountHolder: _, artUrl, ...rest } = account;
  return { ...rest, artUrl: artUrl ?? null };
}

/** Holder data that nobody asked for is left behind, whatever the store sends along: MDES would pass it on. */
export function toFundingAccountData(
  account: DetailedAccount,
  items: readonly AccountHolderDataItem[],
): FundingAccountData {
  const data = account.accountHolderData;
  const holder: AccountHolderData = {
    NAME: data?.accountHolderName,
    ADDRESS: data?.accountHolderAddress,
    EMAIL_ADDRESS: data?.accountHolderEmailAddress,
    MOBILE_PHONE_NUMBER: data?.accountHolderMobilePhoneNumber,
  };
  const asked = Object.fromEntries(items.map((item) => [item, holder[item]]));
  return { account: toAccount(account), holder: new Secret(asked) };
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
