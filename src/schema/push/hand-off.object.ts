/** A URL that leads to the wallet or merchant. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { Platform } from '../../domain/token-requestor.js';
import { PlatformEnum } from '../enums.js';

@ObjectType('HandOff', {
  simpleResolvers: true,
  description:
    'A URL to open, which takes the account holder and the pushed accounts to the wallet or merchant.',
})
export class HandOffObject {
  @Field(() => PlatformEnum, { description: 'Where to open it. Without one for your platform, take WEB.' })
  platform!: Platform;

  @Field(() => String, {
    description: 'Open it as it stands, once. Secret, since it holds the receipts: never log or store it.',
  })
  url!: string;

  @Field(() => Boolean, {
    description:
      'Whether it is the one to open on the `platform` that the push was asked for with: made for it, or else for the ' +
      "web. Never without a `platform`, and never where the wallet's SDK takes the data there: see `Push.nextStep`.",
  })
  recommended!: boolean;

  @Field(() => ID, {
    nullable: true,
    description:
      'The account that it is about, where each account goes over by itself (digitization data); null when it takes ' +
      'the whole push along.',
  })
  fundingAccountId!: string | null;
}
