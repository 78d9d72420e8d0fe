/** What a picker asks for: wallets or merchants only, those for one platform, those of a name. */
import { Field, InputType } from 'type-graphql';
import type { Platform, TokenRequestorType } from '../../domain/token-requestor.js';
import { PlatformEnum } from '../enums.js';
import { TokenRequestorTypeEnum } from './token-requestor.object.js';

@InputType('TokenRequestorFilter', {
  description: 'Which wallets and merchants to list: those that fit everything that is given here.',
})
export class TokenRequestorFilterInput {
  @Field(() => TokenRequestorTypeEnum, { nullable: true, description: 'Only wallets, or only merchants.' })
  type?: TokenRequestorType | null;

  @Field(() => PlatformEnum, {
    nullable: true,
    description:
      'Only those that a card can be handed off to from there: by a URL for this platform or for the web, or by your ' +
      'app itself, with digitization data.',
  })
  platform?: Platform | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only those with this text, up to 100 characters, somewhere in `consumerFacingEntityName` or `name`. Capital ' +
      'letters, accents and full-width letters make no difference: "elan" finds "Café Élan". Blank: all.',
  })
  name?: string | null;
}
