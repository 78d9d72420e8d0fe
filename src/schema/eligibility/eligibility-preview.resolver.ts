/** Eligibility.accountHolderDataPreview: what consent has to name, known with the wallet itself. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { AccountHolderDataPreviewObject } from '../funding-account/account-holder-data-preview.object.js';
import { holderDataPreview } from '../funding-account/to-holder-data-preview.js';
import { EligibilityObject } from './eligibility.object.js';

@Resolver(() => EligibilityObject)
export class EligibilityPreviewResolver {
  @FieldResolver(() => AccountHolderDataPreviewObject, {
    nullable: true,
    description:
      'What a push of this card or account there would send with all of `supportedAccountHolderData`, masked; null when ' +
      'the bank cannot tell just now. Ask for it where the account holder has chosen the wallet: with ' +
      '`eligibility(tokenRequestorIds: …)`.\n\n' +
      'Errors: CARD_STORE_UNAVAILABLE.',
  })
  accountHolderDataPreview(
    @Root() { fundingAccountId, tokenRequestor }: EligibilityObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<AccountHolderDataPreviewObject> {
    return holderDataPreview(loaders, fundingAccountId, tokenRequestor.supportedAccountHolderData);
  }
}
