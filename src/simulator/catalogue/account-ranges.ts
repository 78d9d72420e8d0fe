/** The account ranges that MDES knows here: invented, made for test numbers only. */
import { type AccountRange, parseAccountRange } from '../../domain/account-range.js';

export type AccountProduct = 'CREDIT' | 'DEBIT' | 'MAESTRO' | 'BANK_ACCOUNT';
/** Whose ranges: four invented issuers, and ranges that no token requestor is enabled for. */
export type Issuer = 'MOON' | 'HARBOUR' | 'ALPINE' | 'DESERT' | 'NOBODY';

export interface KnownRange {
  /** Its significant digits: every number that begins with them lies in the range. */
  readonly digits: string;
  /** As MDES compares it: padded to 19 digits. */
  readonly start: AccountRange;
  readonly issuer: Issuer;
  readonly product: AccountProduct;
  /** For bank accounts: their numbers do not tell the range, the ICA does (INFERRED). */
  readonly ica?: string;
  /** A card of this range must come with its expiry date. */
  readonly needsExpiry?: boolean;
}

/** Finds the range that an account lies in. */
export type RangeOf = (account: {
  readonly cardAccountData?: { readonly accountNumber: string };
  readonly financialAccountData?: { readonly interbankCardAssociationId: string };
}) => KnownRange | undefined;

const CARD_RANGES: Readonly<Record<Issuer, Readonly<Partial<Record<AccountProduct, readonly string[]>>>>> = {
  MOON: {
    CREDIT: ['52047400', '520474112345', '5105105', '5555555', '555556100200'],
    DEBIT: ['541333900', '541333901', '222300', '2223011', '22230200'],
    MAESTRO: ['6771798000', '675964', '501830001'],
  },
  HARBOUR: {
    CREDIT: ['511122334', '5111224', '51112255', '51112600001'],
    DEBIT: ['227200', '2272011', '227202900', '22720300012'],
    MAESTRO: ['639000', '6390011'],
  },
  ALPINE: {
    CREDIT: ['533317', '5333181', '53331822', '533319000001'],
    DEBIT: ['265800', '2658011', '265802000'],
    MAESTRO: ['560221', '5602220001'],
  },
  DESERT: {
    CREDIT: ['54999900', '5499991', '549999200', '549999300100'],
    DEBIT: ['271999000', '2719991'],
    MAESTRO: ['589916', '58991700'],
  },
  NOBODY: { CREDIT: ['530000000'], DEBIT: ['2229900'] },
};

const BANK_RANGES: readonly (readonly [digits: string, issuer: Issuer, ica: string])[] = [
  ['539728000', 'MOON', '10231'],
  ['53972801', 'MOON', '10232'],
  ['539729000', 'HARBOUR', '20441'],
  ['5397300', 'ALPINE', '30552'],
  ['5397311000', 'DESERT', '40663'],
];

const NEED_EXPIRY: readonly string[] = ['549999200'];

export function listKnownRanges(): readonly KnownRange[] {
  const cards = Object.entries(CARD_RANGES).flatMap(([issuer, byProduct]) =>
    Object.entries(byProduct).flatMap(([product, starts]) =>
      starts.map(
        (digits): KnownRange => ({
          digits,
          start: rangeStart(digits),
          issuer: issuer as Issuer,
          product: product as AccountProduct,
          needsExpiry: NEED_EXPIRY.includes(digits),
        }),
      ),
    ),
  );
  const banks = BANK_RANGES.map(
    ([digits, issuer, ica]): KnownRange => ({
      digits,
      start: rangeStart(digits),
      issuer,
      product: 'BANK_ACCOUNT',
      ica,
    }),
  );
  return [...cards, ...banks];
}

export function createRangeLookup(ranges: readonly KnownRange[]): RangeOf {
  return ({ cardAccountData, financialAccountData }) => {
    if (cardAccountData !== undefined) {
      return ranges.find(
        (range) => range.ica === undefined && cardAccountData.accountNumber.startsWith(range.digits),
      );
    }
    const ica = financialAccountData?.interbankCardAssociationId;
    return ica === undefined ? undefined : ranges.find((range) => range.ica === ica);
  };
}

/** Significant digits, padded; `parseAccountRange` takes 9 digits at least. */
export function rangeStart(digits: string): AccountRange {
  const start = parseAccountRange(digits.padEnd(9, '0'));
  if (start === undefined) throw new TypeError(`not an account range: ${digits}`);
  return start;
}
