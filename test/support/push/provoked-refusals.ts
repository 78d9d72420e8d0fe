/** What provokes each refusal that there is; amir's cards are those that things go wrong with. */
import type { RefusalCode } from '../../../src/push/refusals/refusal.js';
import {
  ALWAYS_BROKEN,
  ALWAYS_LOCKED,
  CACTUS,
  COPPER_FOX,
  NIMBUS,
  NO_REQUESTOR,
  TAKES_NOBODY,
  TIDAL,
} from '../requestors.js';

/** Its pushes are held by the operators, once a test has told them so. */
export const STOPPED = '50100000099';

export type ProvokingInput = Readonly<Record<string, unknown>>;

const SUSAN = { accountHolder: 'susan', fundingAccountIds: ['card-1'] };

/** Else amir pushes card-11 to Lark Wallet. */
export const PROVOKED: Readonly<Record<RefusalCode, ProvokingInput>> = {
  FUNDING_ACCOUNT_NOT_FOUND: { fundingAccountIds: ['card-1'] },
  FUNDING_ACCOUNT_NOT_ACTIVE: { fundingAccountIds: ['card-17'] },
  FUNDING_ACCOUNT_EXPIRED: { fundingAccountIds: ['card-19'] },
  TOKEN_REQUESTOR_NOT_FOUND: { tokenRequestorId: NO_REQUESTOR },
  ACCOUNT_RANGE_NOT_ENABLED: { ...SUSAN, tokenRequestorId: CACTUS },
  MULTIPLE_ACCOUNTS_NOT_SUPPORTED: {
    ...SUSAN,
    tokenRequestorId: COPPER_FOX,
    fundingAccountIds: ['card-1', 'card-2'],
  },
  TOO_MANY_ACCOUNTS: { fundingAccountIds: ['a', 'b', 'c', 'd', 'e', 'f'] },
  DIGITIZATION_DATA_NOT_SUPPORTED: {
    ...SUSAN,
    tokenRequestorId: NIMBUS,
    requestIssuerInitiatedDigitizationData: true,
  },
  ACCOUNT_HOLDER_DATA_NOT_SUPPORTED: { ...SUSAN, tokenRequestorId: TIDAL, accountHolderData: ['NAME'] },
  ACCOUNT_HOLDER_DATA_MISSING: { fundingAccountIds: ['card-20'], accountHolderData: ['EMAIL_ADDRESS'] },
  PLATFORM_NOT_SUPPORTED: { ...SUSAN, tokenRequestorId: TIDAL, platform: 'WEB' },
  CALLBACK_URL_NOT_ALLOWED: { callbackUrl: 'https://elsewhere.example/' },
  PUSHES_STOPPED: { tokenRequestorId: STOPPED },
  ACCOUNT_INELIGIBLE: { tokenRequestorId: TAKES_NOBODY },
  REFUSED_BY_MDES: { tokenRequestorId: ALWAYS_LOCKED },
  MDES_INTERNAL_FAILURE: { tokenRequestorId: ALWAYS_BROKEN },
};
