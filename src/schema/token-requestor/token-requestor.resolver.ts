/** tokenRequestors, tokenRequestor, and a requestor's logo. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { takesAll } from '../../catalogue/select-requestors.js';
import type { AccountRange } from '../../domain/account-range.js';
import { isAssetId } from '../../domain/asset.js';
import { isTokenRequestorId, type TokenRequestor } from '../../domain/token-requestor.js';
import { AssetObject } from '../asset/asset.object.js';
import type { GatewayContext } from '../context.js';
import type { Loaders } from '../loaders.js';
import { AccountRangeScalar } from '../scalars.js';
import { type Question, readQuestion, readSelection, requireHers, type Selection } from './read-question.js';
import { TokenRequestorFilterInput } from './token-requestor.input.js';
import { TokenRequestorObject } from './token-requestor.object.js';

@Resolver(() => TokenRequestorObject)
export class TokenRequestorResolver {
  @Query(() => [TokenRequestorObject], {
    nullable: true,
    description:
      'The wallets and merchants that cards can be pushed to. Without `accountRanges` and `fundingAccountIds`: those ' +
      'for the cards and accounts of the signed-in account holder, which is what a picker in an app needs.\n\n' +
      'Ordered by `consumerFacingEntityName` as in a dictionary of the language of the header Accept-Language (English ' +
      'without one), numbers by their value, equal names by `id`.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, UPSTREAM_UNAVAILABLE, CARD_STORE_UNAVAILABLE.',
  })
  async tokenRequestors(
    @Arg('accountRanges', () => [AccountRangeScalar], {
      nullable: true,
      description:
        "Up to 100 of the issuer's account ranges; an empty list gives an empty list. Any other range is BAD_USER_INPUT.",
    })
    accountRanges: AccountRange[] | null,
    @Arg('fundingAccountIds', () => [ID], {
      nullable: true,
      description:
        'Only those that take all of these cards and accounts in one push: up to five ids of `fundingAccounts`; an ' +
        'empty list gives an empty list. An id that is not there is BAD_USER_INPUT, and so is `accountRanges` beside ' +
        'it. Whether an account is ACTIVE is not looked at.',
    })
    fundingAccountIds: string[] | null,
    @Arg('filter', () => TokenRequestorFilterInput, { nullable: true, description: 'Only these.' })
    filter: TokenRequestorFilterInput | null,
    @Ctx() context: GatewayContext,
  ): Promise<readonly TokenRequestorObject[]> {
    const select = readSelection(filter, context.languages);
    const question = readQuestion({ accountRanges, fundingAccountIds }, context.issuerRanges);
    return find(question, context.loaders, select);
  }

  @Query(() => TokenRequestorObject, {
    nullable: true,
    description:
      "A wallet or merchant by its id; null when none of that id is enabled for any of the issuer's account ranges.\n\n" +
      'Errors: UNAUTHENTICATED, FORBIDDEN, UPSTREAM_UNAVAILABLE.',
  })
  async tokenRequestor(
    @Arg('id', () => ID) id: string,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<TokenRequestorObject | null> {
    return isTokenRequestorId(id) ? loaders.requestors.byId(id) : null;
  }

  /** A normalised cache of a client keeps one value per id: it must not depend on what was asked. */
  @FieldResolver()
  enabledAccountRanges(
    @Root() requestor: TokenRequestor,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<readonly AccountRange[]> {
    return loaders.enabledRanges(requestor);
  }

  @FieldResolver(() => AssetObject, {
    nullable: true,
    description: 'The logo; null when there is none. Asking for its URLs alone costs nothing.',
  })
  logo(@Root() { imageAssetId }: TokenRequestorObject): AssetObject | null {
    return imageAssetId !== null && isAssetId(imageAssetId) ? { id: imageAssetId } : null;
  }
}

async function find(
  question: Question,
  loaders: Loaders,
  select: Selection,
): Promise<readonly TokenRequestor[]> {
  const { requestors } = loaders;
  switch (question.kind) {
    case 'RANGES':
      return select(await requestors.forRanges(question.ranges));
    case 'ALL_HER_ACCOUNTS':
      return select(await requestors.forAccounts(await loaders.fundingAccounts()));
    case 'ACCOUNTS_TOGETHER': {
      const accounts = requireHers(question.ids, await loaders.fundingAccounts(), 'fundingAccountIds');
      return select(await requestors.forAccounts(accounts)).filter(takesAll(accounts));
    }
    default:
      return question satisfies never;
  }
}
