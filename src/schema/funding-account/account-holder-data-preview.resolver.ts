/** FundingAccount.accountHolderDataPreview: consent needs to know what goes along. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { FundingAccount } from '../../domain/funding-account.js';
import { ACCOUNT_HOLDER_DATA_ITEMS, type AccountHolderDataItem } from '../../domain/token-requestor.js';
import type { GatewayContext } from '../context.js';
import { AccountHolderDataItemEnum } from '../enums.js';
import { AccountHolderDataPreviewObject } from './account-holder-data-preview.object.js';
import { FundingAccountObject } from './funding-account.object.js';
import { holderDataPreview } from './to-holder-data-preview.js';

@Resolver(() => FundingAccountObject)
export class AccountHolderDataPreviewResolver {
  @FieldResolver(() => AccountHolderDataPreviewObject, {
    nullable: true,
    description:
      'What a push of this card or account with these items of `accountHolderData` would send, masked; null when the ' +
      'bank cannot tell just now.\n\n' +
      'Errors: CARD_STORE_UNAVAILABLE.',
  })
  accountHolderDataPreview(
    @Root() account: FundingAccount,
    @Arg('items', () => [AccountHolderDataItemEnum], {
      description:
        "Only what the document names is asked of the bank; take it from the requestor's supportedAccountHolderData.",
    })
    items: readonly AccountHolderDataItem[],
    @Ctx() { loaders }: GatewayContext,
  ): Promise<AccountHolderDataPreviewObject> {
    const asked = ACCOUNT_HOLDER_DATA_ITEMS.filter((item) => items.includes(item));
    return holderDataPreview(loaders, account.id, asked);
  }
}
