/** fundingAccounts, and what each can be pushed to. */
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { FundingAccount } from '../../domain/funding-account.js';
import type { GatewayContext } from '../context.js';
import { TokenRequestorObject } from '../token-requestor/token-requestor.type.js';
import { FundingAccountObject } from './funding-account.type.js';

@Resolver(() => FundingAccountObject)
export class FundingAccountResolver {
  @Query(() => [FundingAccountObject], {
    nullable: true,
    description:
      'The cards and financial accounts of the signed-in account holder.\n\n' +
      'Errors: UNAUTHENTICATED, CARD_STORE_UNAVAILABLE.',
  })
  fundingAccounts(@Ctx() { loaders }: GatewayContext): Promise<readonly FundingAccountObject[]> {
    return loaders.fundingAccounts();
  }

  @FieldResolver(() => [TokenRequestorObject], {
    nullable: true,
    description:
      'The wallets and merchants that this card or account can be pushed to; null when they cannot be told just now.\n\n' +
      'Errors: UPSTREAM_UNAVAILABLE.',
  })
  tokenRequestors(
    @Root() account: FundingAccount,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<readonly TokenRequestorObject[]> {
    return loaders.tokenRequestorsOf([account]);
  }
}
