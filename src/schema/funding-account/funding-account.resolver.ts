/** fundingAccounts, and what each can be pushed to. */
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { FundingAccount } from '../../domain/funding-account.js';
import type { GatewayContext } from '../context.js';
import { readSelection, requireHers } from '../token-requestor/read-question.js';
import { TokenRequestorFilterInput } from '../token-requestor/token-requestor.input.js';
import { TokenRequestorObject } from '../token-requestor/token-requestor.object.js';
import { FundingAccountObject } from './funding-account.object.js';

@Resolver(() => FundingAccountObject)
export class FundingAccountResolver {
  @Query(() => [FundingAccountObject], {
    nullable: true,
    description:
      'The cards and financial accounts of the signed-in account holder.\n\n' +
      'Errors: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CARD_STORE_UNAVAILABLE.',
  })
  async fundingAccounts(
    @Arg('ids', () => [ID], {
      nullable: true,
      description: 'Only these, for a smaller answer. An id that is not there is BAD_USER_INPUT.',
    })
    ids: readonly string[] | null,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<readonly FundingAccountObject[]> {
    const accounts = await loaders.fundingAccounts();
    return ids ? requireHers(ids, accounts, 'ids') : accounts;
  }

  @FieldResolver(() => [TokenRequestorObject], {
    nullable: true,
    description:
      'The wallets and merchants that this card or account can be pushed to, ordered by name as in ' +
      '`Query.tokenRequestors`; null when they cannot be told just now.\n\n' +
      'Errors: FORBIDDEN, BAD_USER_INPUT, UPSTREAM_UNAVAILABLE.',
  })
  async tokenRequestors(
    @Root() account: FundingAccount,
    @Arg('filter', () => TokenRequestorFilterInput, { nullable: true, description: 'Only these.' })
    filter: TokenRequestorFilterInput | null,
    @Ctx() { loaders, languages }: GatewayContext,
  ): Promise<readonly TokenRequestorObject[]> {
    const select = readSelection(filter, languages);
    return select(await loaders.requestors.forAccounts([account]));
  }
}
