/** An account inside the envelope, field by field. */
import { checked, listOf, record, text, type ValueOf } from './field-rules.js';

const alpha3 = text(3, 3, /^[A-Z]{3}$/);
const month = checked(text(2, 2, /^\d\d$/), (value) => value >= '01' && value <= '12');
const ISO_TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

const cardAccountData = record(
  { accountNumber: text(9, 19, /^\d+$/) },
  { expiryMonth: month, expiryYear: text(2, 2, /^\d\d$/) },
);

const financialAccountData = record(
  {
    financialAccountId: text(9, 64, /^\S+$/),
    interbankCardAssociationId: text(3, 11, /^\d+$/),
    countryCode: alpha3,
  },
  {},
);

const accountHolderAddress = record(
  {},
  {
    line1: text(0, 64),
    line2: text(0, 64),
    city: text(0, 32),
    countrySubdivision: text(0, 12),
    postalCode: text(0, 16),
    country: alpha3,
  },
);

// INFERRED: that a mail address has an @ and a phone number only digits.
const accountHolderData = record(
  {},
  {
    accountHolderName: text(1, 27),
    accountHolderAddress,
    accountHolderEmailAddress: text(6, 320, /^[^\s@]+@[^\s@]+$/),
    accountHolderMobilePhoneNumber: record(
      { countryDialInCode: text(1, 4, /^\d+$/), phoneNumber: text(1, 20, /^\d+$/) },
      {},
    ),
  },
);

export const fundingAccount = record(
  {},
  {
    dataValidUntilTimestamp: text(20, 29, ISO_TIMESTAMP),
    cardAccountData,
    financialAccountData,
    accountHolderData,
  },
);

/** What stands round an account. Its data is judged account by account, so that one bad account spoils no other. */
const pushedAccount = record(
  { pushAccountId: text(1, 36), fundingAccountData: (value) => ({ ok: true, value }) },
  {},
);

export const pushedAccounts = listOf(1, Number.MAX_SAFE_INTEGER, pushedAccount);

export type FundingAccount = ValueOf<typeof fundingAccount>;
export type PushedAccount = ValueOf<typeof pushedAccount>;
