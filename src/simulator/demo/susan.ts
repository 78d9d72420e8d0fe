/** Susan's accounts: all active and plain, so that every ordinary push of them succeeds. Test numbers only. */
import type { DemoAccount, HolderData } from './demo-account.js';

const holder: HolderData = {
  accountHolderName: 'SUSAN ARCHER',
  accountHolderAddress: {
    line1: '12 Juniper Row',
    line2: 'Flat 3',
    city: 'Lowmere',
    countrySubdivision: 'GB-LND',
    postalCode: 'LM1 4QT',
    country: 'GBR',
  },
  accountHolderEmailAddress: 'susan.archer@mail.example',
  accountHolderMobilePhoneNumber: { countryDialInCode: '44', phoneNumber: '7700900123' },
};
const own = { accountHolder: 'susan', status: 'ACTIVE', holder } as const;

export const SUSANS_ACCOUNTS: readonly DemoAccount[] = [
  {
    ...own,
    id: 'card-1',
    kind: 'CARD',
    label: 'Moon Bank Credit',
    art: 'moon-credit.svg',
    range: '52047400',
    data: { accountNumber: '5204740000000012', expiryMonth: '11', expiryYear: '38' },
  },
  {
    ...own,
    id: 'card-2',
    kind: 'CARD',
    label: 'Moon Bank Debit',
    art: 'moon-debit.svg',
    range: '541333900',
    data: { accountNumber: '5413339000000028', expiryMonth: '02', expiryYear: '37' },
  },
  {
    ...own,
    id: 'card-3',
    kind: 'CARD',
    label: 'Moon Bank Maestro',
    art: 'moon-maestro.svg',
    range: '6771798000',
    data: { accountNumber: '6771798000000037', expiryMonth: '07', expiryYear: '36' },
  },
  {
    ...own,
    id: 'account-1',
    kind: 'FINANCIAL_ACCOUNT',
    label: 'Moon Bank Current Account',
    art: 'moon-account.svg',
    range: '539728000',
    data: {
      financialAccountId: 'GB00MOON00000040051234',
      interbankCardAssociationId: '10231',
      countryCode: 'GBR',
    },
  },
];
