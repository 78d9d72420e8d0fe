/** Numbers and words that nobody else has: the accounts of one holder, and what is looked for everywhere. */
import { type Canary, withLuhnDigit } from '../../support/canary.js';
import { type OwnAccount } from '../../support/issuer/own-card-store.js';

export const PAN_16 = withLuhnDigit('520474009182736');
export const PAN_19 = withLuhnDigit('677179800091827364');
/** The log's last net lets it pass: what keeps it out must be the types. */
const PAN_BEYOND_THE_NET = '5413339004918273';
const PAN_OF_AMIR = withLuhnDigit('549999006473829');
export const ACCOUNT = 'GB77CNRY49182736450192';
export const NUMBERS = [PAN_16, PAN_19, PAN_BEYOND_THE_NET];

export const CANARIES: readonly Canary[] = [
  { name: 'PAN of 16 digits', value: PAN_16 },
  { name: 'PAN of 19 digits', value: PAN_19 },
  { name: 'PAN that fails the Luhn check', value: PAN_BEYOND_THE_NET },
  { name: "PAN of amir's issuer", value: PAN_OF_AMIR },
  { name: 'financial account id', value: ACCOUNT },
];
export const HOLDER: readonly Canary[] = [
  { name: 'name of the holder', value: 'CANARIA ZQUIRREL' },
  { name: 'address of the holder', value: '77 Zquirrel Canary Road' },
  { name: 'mail address of the holder', value: 'zquirrel@canary.example' },
  { name: 'phone number of the holder', value: '770090018273645' },
];
export const holder = {
  accountHolderName: HOLDER[0]?.value,
  accountHolderAddress: { line1: HOLDER[1]?.value, city: 'Lowmere', country: 'GBR' },
  accountHolderEmailAddress: HOLDER[2]?.value,
  accountHolderMobilePhoneNumber: { countryDialInCode: '44', phoneNumber: HOLDER[3]?.value },
};
export const own = { accountHolder: 'holder', holder } as const;
export const bank = { range: '539728000', interbankCardAssociationId: '10231' };
export const CARD: OwnAccount = { ...own, id: 'c16', range: '52047400', accountNumber: PAN_16 };

/** One account holder for all; what a range needs to be asked for anew stands in a range of its own. */
export const ACCOUNTS: readonly OwnAccount[] = [
  CARD,
  { ...own, id: 'c19', range: '6771798000', accountNumber: PAN_19 },
  { ...own, id: 'c-net', range: '541333900', accountNumber: PAN_BEYOND_THE_NET },
  { ...own, ...bank, id: 'a1', financialAccountId: ACCOUNT },
  { ...own, id: 'amir', range: '54999900', accountNumber: PAN_OF_AMIR },
  { ...CARD, id: 'suspended', status: 'SUSPENDED' },
  { ...CARD, id: 'expired', expiryYear: '24' },
  { ...CARD, id: 'no-mail', holder: { accountHolderName: HOLDER[0]?.value } },
  { ...CARD, id: 'beyond', range: '530000000' },
  ...['5105105', '5555555', '555556100200', '541333901', '222300', '2223011', '22230200', '675964'].map(
    (range, index): OwnAccount => ({ ...CARD, id: `fresh-${index}`, range }),
  ),
];
