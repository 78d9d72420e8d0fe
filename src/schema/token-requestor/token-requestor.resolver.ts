/** tokenRequestors, tokenRequestor, and a requestor's logo. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AccountRange } from '../../domain/account-range.js';
import { isAssetId } from '../../domain/asset.js';
import { isTokenRequestorId } from '../../domain/token-requestor.js';
import { AssetType } from '../asset/asset.type.js';
import type { GatewayContext } from '../context.js';
import { AccountRangeScalar } from '../scalars.js';
import { TokenRequestorObject } from './token-requestor.type.js';

@Resolver(() => TokenRequestorObject)
export class TokenRequestorResolver {
  @Query(() => [TokenRequestorObject], {
    nullable: true,
    description:
      'The wallets and merchants that cards can be pushed to. Without `accountRanges`: those for the cards and accounts ' +
      'of the signed-in account holder, which is what a picker in an app needs.\n\n' +
      'Errors: UNAUTHENTICATED, BAD_USER_INPUT, UPSTREAM_UNAVAILABLE, CARD_STORE_UNAVAILABLE.',
  })
  async tokenRequestors(
    @Arg('accountRanges', () => [AccountRangeScalar], {
      nullable: true,
      description:
        "Up to 100 of the issuer's account ranges; an empty list gives an empty list. Any other range is BAD_USER_INPUT.",
    })
    accountRanges: AccountRange[] | null,
    @Ctx() { loaders, issuerRanges }: GatewayContext,
  ): Promise<readonly TokenRequestorObject[]> {
    if (accountRanges) {
      issuerRanges.requireOwn(accountRanges);
      return loaders.tokenRequestors(accountRanges);
    }
    return loaders.tokenRequestorsOf(await loaders.fundingAccounts());
  }

  @Query(() => TokenRequestorObject, {
    nullable: true,
    description:
      "A wallet or merchant by its id; null when none of that id is enabled for any of the issuer's account ranges.\n\n" +
      'Errors: UNAUTHENTICATED, UPSTREAM_UNAVAILABLE.',
  })
  async tokenRequestor(
    @Arg('id', () => ID) id: string,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<TokenRequestorObject | null> {
    return isTokenRequestorId(id) ? loaders.tokenRequestor(id) : null;
  }

  @FieldResolver(() => AssetType, {
    nullable: true,
    description: 'The logo; null when there is none. Asking for its URLs alone costs nothing.',
  })
  logo(@Root() { imageAssetId }: TokenRequestorObject): AssetType | null {
    return imageAssetId !== null && isAssetId(imageAssetId) ? { id: imageAssetId } : null;
  }
}
