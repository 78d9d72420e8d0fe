/** What pickers of many apps and holders ask: 50 documents, 200 sets of ranges, 1,000 tokens, a third of them by account. */
import { Dice, holderName } from './holders.js';
import { graphqlAsk, onTheWire } from './load/requests.js';

export const HOLDERS = 1000;
const DOCUMENTS = 50;
const RANGE_SETS = 200;
const MOST_RANGES = 3;
const FIELDS = [
  'name',
  'type',
  'walletId',
  'imageAssetId',
  'enabledAccountRanges',
  'supportedPushMethods',
  'supportsMultiplePushedCards',
  'supportedAccountHolderData',
  'supportsCardHolderAuthentication',
  'supportsIssuerInitiatedDigitizationData',
  'logo { id svgUrl pngUrl }',
];

export function rangeSets(ranges: readonly string[]): readonly (readonly string[])[] {
  const dice = new Dice(7);
  return Array.from({ length: RANGE_SETS }, () => dice.some(ranges, 1 + dice.below(MOST_RANGES)));
}

/** Holder n has cards in the n-th set. */
export function setOf(sets: readonly (readonly string[])[], holder: number): readonly string[] {
  return sets[holder % sets.length] ?? [];
}

/** @param tokens of holder 0, 1, … */
export function pickerMix(
  count: number,
  tokens: readonly string[],
  sets: readonly (readonly string[])[],
): string[] {
  const dice = new Dice(11);
  const selections = Array.from({ length: DOCUMENTS }, () =>
    ['id', 'consumerFacingEntityName', ...dice.some(FIELDS, 2 + dice.below(FIELDS.length - 2))].join(' '),
  );
  return Array.from({ length: count }, (_, at) => {
    const holder = dice.below(tokens.length);
    const document = dice.below(selections.length);
    const byAccount = at % 3 === 0;
    const own = setOf(sets, holder).map((_range, card) => `${holderName(holder)}-card-${card + 1}`);
    const ranges = sets[dice.below(sets.length)] ?? [];
    return onTheWire(
      graphqlAsk({
        query: byAccount
          ? `query Mine${document}($ids: [ID!]) { tokenRequestors(fundingAccountIds: $ids) { ${selections[document]} } }`
          : `query Picker${document}($ranges: [AccountRange!]) { tokenRequestors(accountRanges: $ranges) { ${selections[document]} } }`,
        variables: byAccount ? { ids: own } : { ranges },
        token: tokens[holder] ?? '',
      }),
    );
  });
}
