/** What a push leads to: its wallet or merchant, and the account holder's cards, as they are now. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { FundingAccountObject } from '../funding-account/funding-account.object.js';
import type { Loaders } from '../loaders.js';
import { TokenRequestorObject } from '../token-requestor/token-requestor.object.js';
import { PushObject } from './push.object.js';
import { PushSummaryObject } from './push-summary.object.js';
import { PushedAccountObject, PushedAccountSummaryObject } from './pushed-account.object.js';

const TOKEN_REQUESTOR =
  'The wallet or merchant that it went to; null when it cannot be told just now.\n\nErrors: UPSTREAM_UNAVAILABLE.';
const FUNDING_ACCOUNT =
  'The card or account as it is now, with its label and its picture; null when the bank cannot tell just now, or does ' +
  'not have it any more.\n\nErrors: FORBIDDEN, CARD_STORE_UNAVAILABLE.';

@Resolver(() => PushObject)
export class PushRequestorResolver {
  @FieldResolver(() => TokenRequestorObject, { nullable: true, description: TOKEN_REQUESTOR })
  tokenRequestor(
    @Root() { tokenRequestorId }: PushObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<TokenRequestorObject | null> {
    return loaders.requestors.knownById(tokenRequestorId);
  }
}

@Resolver(() => PushSummaryObject)
export class PushSummaryRequestorResolver {
  @FieldResolver(() => TokenRequestorObject, { nullable: true, description: TOKEN_REQUESTOR })
  async tokenRequestor(
    @Root() { tokenRequestorId }: PushSummaryObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<TokenRequestorObject | null> {
    return tokenRequestorId === null ? null : loaders.requestors.knownById(tokenRequestorId);
  }
}

@Resolver(() => PushedAccountObject)
export class PushedAccountResolver {
  @FieldResolver(() => FundingAccountObject, { nullable: true, description: FUNDING_ACCOUNT })
  fundingAccount(
    @Root() { fundingAccountId }: PushedAccountObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<FundingAccountObject | null> {
    return accountOf(loaders, fundingAccountId);
  }
}

@Resolver(() => PushedAccountSummaryObject)
export class PushedAccountSummaryResolver {
  @FieldResolver(() => FundingAccountObject, { nullable: true, description: FUNDING_ACCOUNT })
  fundingAccount(
    @Root() { fundingAccountId }: PushedAccountSummaryObject,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<FundingAccountObject | null> {
    return accountOf(loaders, fundingAccountId);
  }
}

async function accountOf(loaders: Loaders, wanted: string): Promise<FundingAccountObject | null> {
  const accounts = await loaders.fundingAccounts();
  return accounts.find(({ id }) => id === wanted) ?? null;
}
