/** What a reader can see of the catalogue as a whole. */

import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../date-time.js';

@ObjectType('Catalogue', {
  simpleResolvers: true,
  description:
    'The list of all wallets and merchants, as this gateway knows it. It comes from Mastercard, is kept here and ' +
    'refreshed from time to time, so that it is there at once, and also while Mastercard cannot be reached.',
})
export class CatalogueObject {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When its oldest part was fetched from Mastercard; null while a part has never been fetched, or is too old to be ' +
      'shown.',
  })
  asOf!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether a refresh is due, or a part has never been fetched. What is listed was so at `asOf`, and may have changed ' +
      'since.',
  })
  stale!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is refreshed next; null when it is refreshed only as it is asked for.',
  })
  nextRefreshAt!: Date | null;

  @Field(() => Int, {
    description: "How many wallets and merchants it holds, over all of the issuer's account ranges.",
  })
  tokenRequestorCount!: number;
}
