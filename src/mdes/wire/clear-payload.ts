/** What goes into the envelope: the one place where account data and holder data are revealed. */
import type { AccountHolderData, FundingAccountData } from '../../domain/funding-account.js';
import type { AccountToPush } from '../mdes-client.js';

/** MDES advises half an hour: long enough for the call, too short for a copy to be of use. */
const DATA_VALID_MS = 30 * 60_000;

/** UTF-8 JSON of the accounts as MDES names things; whoever takes the buffer has to wipe it. */
export function clearPayload(accounts: readonly AccountToPush[], now: number): Buffer {
  const dataValidUntilTimestamp = new Date(now + DATA_VALID_MS).toISOString();
  const payload = accounts.map(({ pushAccountId, data }) => ({
    pushAccountId,
    fundingAccountData: {
      dataValidUntilTimestamp,
      ...accountData(data.account),
      ...holderData(data.holder.reveal()),
    },
  }));
  return Buffer.from(JSON.stringify(payload), 'utf8');
}

function accountData(account: FundingAccountData['account']) {
  switch (account.kind) {
    case 'CARD': {
      const expiry = account.card.expiry?.reveal();
      return {
        cardAccountData: {
          accountNumber: account.card.accountNumber.reveal(),
          expiryMonth: expiry?.month,
          expiryYear: expiry?.year,
        },
      };
    }
    case 'FINANCIAL_ACCOUNT': {
      const { financialAccountId, interbankCardAssociationId, countryCode } = account.financialAccount;
      return {
        financialAccountData: {
          financialAccountId: financialAccountId.reveal(),
          interbankCardAssociationId,
          countryCode,
        },
      };
    }
  }
}

/** Only what is there, field by field: nothing else that a card store may have put beside it goes along. */
function holderData(holder: AccountHolderData) {
  const address = holder.ADDRESS;
  const phone = holder.MOBILE_PHONE_NUMBER;
  const accountHolderData = {
    accountHolderName: holder.NAME,
    accountHolderAddress: address && {
      line1: address.line1,
      line2: address.line2,
      city: address.city,
      countrySubdivision: address.countrySubdivision,
      postalCode: address.postalCode,
      country: address.country,
    },
    accountHolderEmailAddress: holder.EMAIL_ADDRESS,
    accountHolderMobilePhoneNumber: phone && {
      countryDialInCode: phone.countryDialInCode,
      phoneNumber: phone.phoneNumber,
    },
  };
  return Object.values(accountHolderData).some((item) => item !== undefined) ? { accountHolderData } : {};
}
