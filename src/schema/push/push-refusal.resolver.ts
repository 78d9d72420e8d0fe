/** What a refusal says beside what the ledger keeps of it: in the language of who asks now, not of who pushed. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { REFUSALS, type RefusalOwner, type RetryRule, retryRuleOf } from '../../push/refusals/refusal.js';
import type { GatewayContext } from '../context.js';
import { RefusalOwnerEnum, RefusalRetryRuleEnum } from './push.enums.js';
import { PushRefusalObject } from './push-refusal.object.js';

@Resolver(() => PushRefusalObject)
export class PushRefusalResolver {
  @FieldResolver(() => RefusalOwnerEnum, { description: 'Who can mend it.' })
  owner(@Root() { code }: PushRefusalObject): RefusalOwner {
    return REFUSALS[code].owner;
  }

  @FieldResolver(() => RefusalRetryRuleEnum, { description: 'When the same request may succeed.' })
  retryRule(@Root() refusal: PushRefusalObject): RetryRule {
    return retryRuleOf(refusal);
  }

  @FieldResolver(() => String, {
    description:
      'What the account holder can do, in one or two sentences to show as they stand, in the language of the header ' +
      'Accept-Language; English where there is no translation.',
  })
  accountHolderText(
    @Root() { code }: PushRefusalObject,
    @Ctx() { refusalTexts, languages }: GatewayContext,
  ): string {
    return refusalTexts.textOf(code, languages).text;
  }

  @FieldResolver(() => String, {
    description:
      'The language that `accountHolderText` is in, as a BCP 47 tag like `es`: for `lang` and `dir`, since Arabic runs ' +
      'from right to left.',
  })
  accountHolderTextLanguage(
    @Root() { code }: PushRefusalObject,
    @Ctx() { refusalTexts, languages }: GatewayContext,
  ): string {
    return refusalTexts.textOf(code, languages).language;
  }
}
