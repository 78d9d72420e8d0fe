/** The schema's own scalars. */
import { GraphQLScalarType } from 'graphql';
import { type AccountRange, parseAccountRange } from '../domain/account-range.js';
import { FixedMessageError } from './fixed-message-error.js';

const FORM = 'An account range is a string of 9 to 19 digits, for example "5412346789".';

/** Only as a JSON string: as a number it would lose digits. */
export const AccountRangeScalar = new GraphQLScalarType<AccountRange, string>({
  name: 'AccountRange',
  description:
    "The start of one of the issuer's account ranges: the number that Mastercard knows a range of card or " +
    'account numbers by. It is not a card number. Goes in as a string of 9 to 19 digits and comes out as 19 digits, ' +
    'zero-padded on the right; two ranges are equal when they are equal padded. Example: "5412346789000000000".',
  parseValue(value) {
    const range = typeof value === 'string' ? parseAccountRange(value) : undefined;
    if (range === undefined) throw new FixedMessageError(FORM, 'BAD_USER_INPUT');
    return range;
  },
  parseLiteral(node) {
    const range = node.kind === 'StringValue' ? parseAccountRange(node.value) : undefined;
    if (range === undefined) throw new FixedMessageError(FORM, 'BAD_USER_INPUT');
    return range;
  },
  serialize: (value) => String(value),
});
