/** Magic requestors and magic account numbers: each forces one outcome of a push. One table for tests and docs/channel-teams.md. */
import { type WireError, wireError } from '../wire/wire-error.js';
import type { CatalogueEntry } from './catalogue-entry.js';
import type { LogoName } from './logo-drawings.js';

export type MagicOutcome =
  | 'AUTHORIZATION_FAILED'
  | 'INTERNAL_SERVICE_FAILURE'
  | 'ERROR_WRAPPER'
  | 'GATEWAY_UNAVAILABLE'
  | 'GATEWAY_RATE_LIMIT'
  | 'ALL_REFUSED'
  | 'FIRST_ONLY'
  | 'ANSWER_LOST';

interface MagicRequestor {
  readonly tokenRequestorId: string;
  readonly consumerFacingEntityName: string;
  readonly outcome: MagicOutcome;
  readonly happens: string;
  readonly logo: LogoName;
}

/** They are enabled on the ranges of amir's issuer only, so that susan never meets them. */
export const MAGIC_REQUESTORS: readonly MagicRequestor[] = [
  {
    tokenRequestorId: '50139999901',
    consumerFacingEntityName: 'Always Locked',
    outcome: 'AUTHORIZATION_FAILED',
    happens: 'HTTP 200 with errors[]: AUTHORIZATION_FAILED',
    logo: 'lock',
  },
  {
    tokenRequestorId: '50139999902',
    consumerFacingEntityName: 'Always Broken',
    outcome: 'INTERNAL_SERVICE_FAILURE',
    happens: 'HTTP 200 with errors[]: INTERNAL_SERVICE_FAILURE',
    logo: 'gear',
  },
  {
    tokenRequestorId: '50139999903',
    consumerFacingEntityName: 'Always Cracked',
    outcome: 'ERROR_WRAPPER',
    happens: 'HTTP 500 with errors[]: INTERNAL_SERVICE_FAILURE',
    logo: 'crack',
  },
  {
    tokenRequestorId: '50139999904',
    consumerFacingEntityName: 'Always Closed',
    outcome: 'GATEWAY_UNAVAILABLE',
    happens: 'HTTP 503 in the form of the API gateway: SERVICE_UNAVAILABLE',
    logo: 'cone',
  },
  {
    tokenRequestorId: '50139999905',
    consumerFacingEntityName: 'Always Too Busy',
    outcome: 'GATEWAY_RATE_LIMIT',
    happens: 'HTTP 429 in the form of the API gateway: RATE_LIMIT_EXCEEDED, Retry-After: 2',
    logo: 'snail',
  },
  {
    tokenRequestorId: '50139999906',
    consumerFacingEntityName: 'Takes Nobody',
    outcome: 'ALL_REFUSED',
    happens: 'every account is refused: ACCOUNT_INELIGIBLE',
    logo: 'barrier',
  },
  {
    tokenRequestorId: '50139999907',
    consumerFacingEntityName: 'Takes the First',
    outcome: 'FIRST_ONLY',
    happens: 'the first account gets a receipt, every other is refused: ACCOUNT_INELIGIBLE',
    logo: 'half',
  },
  {
    tokenRequestorId: '50139999908',
    consumerFacingEntityName: 'Never Says So',
    outcome: 'ANSWER_LOST',
    happens: 'the push is carried out, then the connection breaks before the answer',
    logo: 'plug',
  },
];

interface MagicAccount {
  readonly accountNumber: string;
  readonly fundingAccountId: string;
  readonly reasonCode: string;
}

/** Numbers of amir's cards that MDES refuses whoever they are pushed to. The ids are those of the demo card store. */
export const MAGIC_ACCOUNTS: readonly MagicAccount[] = [
  { accountNumber: '5499990000000132', fundingAccountId: 'card-13', reasonCode: 'ACCOUNT_INELIGIBLE' },
  { accountNumber: '5499990000000140', fundingAccountId: 'card-14', reasonCode: 'INTERNAL_SERVICE_FAILURE' },
  { accountNumber: '5499990000000157', fundingAccountId: 'card-15', reasonCode: 'AUTHORIZATION_FAILED' },
];

/** `undefined` for every number that is not magic. */
export function magicAccountErrors(accountNumber: string | undefined): WireError[] | undefined {
  const magic = MAGIC_ACCOUNTS.find((account) => account.accountNumber === accountNumber);
  switch (magic?.reasonCode) {
    case undefined:
      return undefined;
    case 'INTERNAL_SERVICE_FAILURE':
      return [wireError.internalFailure()];
    case 'AUTHORIZATION_FAILED':
      return [wireError.authorizationFailed()];
    default:
      return [wireError.ineligible('MDES')];
  }
}

export function magicOutcome(tokenRequestorId: string): MagicOutcome | undefined {
  return MAGIC_REQUESTORS.find((magic) => magic.tokenRequestorId === tokenRequestorId)?.outcome;
}

export function magicEntries(): readonly CatalogueEntry[] {
  return MAGIC_REQUESTORS.map(({ tokenRequestorId, consumerFacingEntityName, logo }) => ({
    tokenRequestorId,
    name: `${consumerFacingEntityName} Ltd`,
    consumerFacingEntityName,
    imageAssetId: `2d8f5e30-74c6-4f20-9b83-9c3e5a${tokenRequestorId.slice(-6)}`,
    tokenRequestorType: 'WALLET' as const,
    walletId: tokenRequestorId.slice(-3),
    supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'],
    supportsCardHolderAuthentication: false,
    availablePushMethods: ['ANDROID', 'IOS', 'WEB'].map((type) => ({
      type,
      uri: `https://magic.example/${tokenRequestorId}/${type.toLowerCase()}`,
    })),
    supportIssuerInitiatedDigitizationData: true,
    tokenRequestorSignatureSupport: true,
    enabledFor: { issuers: ['DESERT'] as const },
    logo,
  }));
}
