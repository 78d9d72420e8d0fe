/** Token requestors, options and accounts in every combination: what the tests of eligibility go through. */
import {
  ACCOUNT_HOLDER_DATA_ITEMS,
  type AccountHolderDataItem,
  PLATFORMS,
  type TokenRequestor,
} from '../../../src/domain/token-requestor.js';
import type { PushOptions } from '../../../src/push/rules/rules.js';
import type { OwnAccount } from '../issuer/own-card-store.js';

export type Flags = Omit<TokenRequestor, 'enabledAccountRanges'>;

const BOOLEANS = [false, true] as const;

function subsets<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((sets, one) => sets.concat(sets.map((set) => [...set, one])), [[]]);
}

export const ALL_ITEM_SETS = subsets(ACCOUNT_HOLDER_DATA_ITEMS);

/** Thinned: none, one that every holder has, one that some lack, all. */
export const SOME_ITEM_SETS: readonly (readonly AccountHolderDataItem[])[] = [
  [],
  ['NAME'],
  ['EMAIL_ADDRESS'],
  ACCOUNT_HOLDER_DATA_ITEMS,
];

/** Every combination of what a requestor says of itself; ids in the order of the table. */
export function requestorTable(itemSets: readonly (readonly AccountHolderDataItem[])[]): Flags[] {
  const table = subsets(PLATFORMS).flatMap((supportedPushMethods) =>
    BOOLEANS.flatMap((supportsIssuerInitiatedDigitizationData) =>
      BOOLEANS.flatMap((supportsMultiplePushedCards) =>
        BOOLEANS.flatMap((supportsCardHolderAuthentication) =>
          itemSets.map((supportedAccountHolderData) => ({
            supportedPushMethods,
            supportsIssuerInitiatedDigitizationData,
            supportsMultiplePushedCards,
            supportsCardHolderAuthentication,
            supportedAccountHolderData,
          })),
        ),
      ),
    ),
  );
  return table.map((flags, index) => ({
    ...flags,
    id: String(50100000000 + index),
    name: `Requestor ${index} Ltd`,
    consumerFacingEntityName: `Requestor ${index}`,
    type: 'WALLET',
    walletId: null,
    imageAssetId: null,
  }));
}

export function optionTable(itemSets: readonly (readonly AccountHolderDataItem[])[]): PushOptions[] {
  return [null, ...PLATFORMS].flatMap((platform) =>
    BOOLEANS.flatMap((requestIssuerInitiatedDigitizationData) =>
      itemSets.map((accountHolderData) => ({
        platform,
        requestIssuerInitiatedDigitizationData,
        accountHolderData,
      })),
    ),
  );
}

/** The issuer's range that every requestor of the table is enabled for, one for none, and one of somebody else. */
export const ENABLED_RANGE = '520474000';
export const DISABLED_RANGE = '541333900';
const FOREIGN_RANGE = '677179800';

const HOLDER = {
  accountHolderName: 'SUSAN ARCHER',
  accountHolderAddress: { line1: '12 Juniper Row', city: 'Lowmere', country: 'GBR' },
  accountHolderEmailAddress: 'susan.archer@mail.example',
  accountHolderMobilePhoneNumber: { countryDialInCode: '44', phoneNumber: '7700900123' },
};
const { accountHolderEmailAddress: _, ...WITHOUT_EMAIL } = HOLDER;
const card = {
  accountHolder: 'susan',
  range: ENABLED_RANGE,
  accountNumber: '5204740000000012',
  holder: HOLDER,
};

/** One of each kind that the rules tell apart. */
export const TABLE_ACCOUNTS: readonly OwnAccount[] = [
  { ...card, id: 'active' },
  { ...card, id: 'suspended', status: 'SUSPENDED' },
  { ...card, id: 'closed', status: 'CLOSED' },
  { ...card, id: 'expired', expiryYear: '24' },
  { ...card, id: 'without-email', holder: WITHOUT_EMAIL },
  { ...card, id: 'expired-without-email', expiryYear: '24', holder: WITHOUT_EMAIL },
  { ...card, id: 'not-enabled', range: DISABLED_RANGE },
  { ...card, id: 'elsewhere', range: FOREIGN_RANGE },
  {
    id: 'bank-account',
    accountHolder: 'susan',
    range: ENABLED_RANGE,
    financialAccountId: 'GB00MOON00000040051234',
    interbankCardAssociationId: '10231',
    holder: HOLDER,
  },
];
