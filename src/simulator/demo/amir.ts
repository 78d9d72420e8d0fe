/** Amir's accounts: one for each thing that can go wrong, and some plain ones. Test numbers only. */
import { MAGIC_ACCOUNTS } from '../catalogue/magic.js';
import type { DemoAccount, DemoCard, HolderData } from './demo-account.js';

const holder: HolderData = {
  accountHolderName: 'AMIR HADDAD',
  accountHolderAddress: {
    line1: '7 Saffron Street',
    city: 'Qasr Demo',
    postalCode: '11937',
    country: 'JOR',
  },
  accountHolderEmailAddress: 'amir.haddad@mail.example',
  accountHolderMobilePhoneNumber: { countryDialInCode: '962', phoneNumber: '790000123' },
};
const { accountHolderEmailAddress: _, ...holderWithoutEmail } = holder;
/** What banks have: each of these can be brought into MDES's form. */
const VARIOUS = {
  arabic: {
    accountHolderName: 'أمير حداد',
    accountHolderAddress: { line1: '٧ شارع الزعفران', city: 'قصر ديمو', postalCode: '11937', country: 'JO' },
    accountHolderEmailAddress: ' Amir.Haddad@Mail.EXAMPLE',
    accountHolderMobilePhoneNumber: '+962 79 000 0123',
  },
  chinese: {
    accountHolderName: '王小明',
    accountHolderAddress: { line1: '示范路七号', city: '示范市', postalCode: '100000', country: 'China' },
    accountHolderEmailAddress: 'xiaoming@例子.example',
    accountHolderMobilePhoneNumber: { phoneNumber: '139 0000 0123', country: 'CHN' },
  },
  long: {
    accountHolderName: 'Amir Abdulrahman Khalil Suleiman Haddad',
    accountHolderAddress: {
      line1: 'Saffron Tower, the third entrance from the courtyard, 7 Saffron Street behind the old mill',
      line2: '',
      city: 'Qasr Demo',
      countrySubdivision: 'Governorate of Demo',
      postalCode: '11937',
      country: '400',
    },
    accountHolderEmailAddress: 'amir.haddad@mail.example',
    accountHolderMobilePhoneNumber: '079 000 0123',
  },
} as const satisfies Readonly<Record<string, HolderData>>;

/** None of it can be sent. */
const unusable: HolderData = {
  accountHolderName: '\u0000\u0007\u200B',
  accountHolderAddress: { line1: ' ', country: 'Atlantis' },
  accountHolderEmailAddress: 'none',
  accountHolderMobilePhoneNumber: 'see file',
};
const own = { accountHolder: 'amir', status: 'ACTIVE', holder } as const;
const expiry = { expiryMonth: '09', expiryYear: '37' } as const;

const MAGIC_CARDS = MAGIC_ACCOUNTS.map(
  ({ accountNumber, fundingAccountId, reasonCode }): DemoCard => ({
    ...own,
    id: fundingAccountId,
    kind: 'CARD',
    label: `Refused by MDES: ${reasonCode.toLowerCase().replaceAll('_', ' ')}`,
    art: null,
    range: '54999900',
    data: { accountNumber, ...expiry },
  }),
);

export const AMIRS_ACCOUNTS: readonly DemoAccount[] = [
  {
    ...own,
    id: 'card-11',
    kind: 'CARD',
    label: 'Desert Bank Credit',
    art: 'desert-credit.svg',
    range: '54999900',
    data: { accountNumber: '5499990000000116', ...expiry },
  },
  {
    ...own,
    id: 'card-12',
    kind: 'CARD',
    label: 'Desert Bank Debit',
    art: 'desert-debit.svg',
    range: '271999000',
    holder: VARIOUS.arabic,
    data: { accountNumber: '2719990000000125', ...expiry },
  },
  ...MAGIC_CARDS,
  {
    ...own,
    id: 'card-16',
    kind: 'CARD',
    label: 'Without expiry date, where one is needed',
    art: null,
    range: '549999200',
    data: { accountNumber: '5499992000000161' },
  },
  {
    ...own,
    id: 'card-17',
    kind: 'CARD',
    label: 'Suspended',
    status: 'SUSPENDED',
    art: null,
    range: '5499991',
    data: { accountNumber: '5499991000000171', ...expiry },
  },
  {
    ...own,
    id: 'card-18',
    kind: 'CARD',
    label: 'Closed',
    status: 'CLOSED',
    art: null,
    range: '2719991',
    data: { accountNumber: '2719991000000180', ...expiry },
  },
  {
    ...own,
    id: 'card-19',
    kind: 'CARD',
    label: 'Expired',
    art: null,
    range: '54999900',
    data: { accountNumber: '5499990000000199', expiryMonth: '01', expiryYear: '24' },
  },
  {
    ...own,
    id: 'card-20',
    kind: 'CARD',
    label: 'Holder without e-mail address',
    art: null,
    range: '54999900',
    holder: holderWithoutEmail,
    data: { accountNumber: '5499990000000207', ...expiry },
  },
  {
    ...own,
    id: 'card-21',
    kind: 'CARD',
    label: 'Holder data that cannot be sent',
    art: null,
    range: '54999900',
    holder: unusable,
    data: { accountNumber: '5499990000000215', ...expiry },
  },
  {
    ...own,
    id: 'card-22',
    kind: 'CARD',
    label: 'Holder with a Chinese name',
    art: null,
    range: '54999900',
    holder: VARIOUS.chinese,
    data: { accountNumber: '5499990000000223', ...expiry },
  },
  {
    ...own,
    id: 'account-11',
    kind: 'FINANCIAL_ACCOUNT',
    label: 'Desert Bank Current Account',
    art: 'desert-account.svg',
    range: '5397311000',
    holder: VARIOUS.long,
    data: {
      financialAccountId: 'JO00DSRT0000000001110011',
      interbankCardAssociationId: '40663',
      countryCode: 'JOR',
    },
  },
];
