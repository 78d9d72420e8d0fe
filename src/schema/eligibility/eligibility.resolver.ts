/** FundingAccount.eligibility: known before the tap. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { FundingAccount } from '../../domain/funding-account.js';
import {
  ACCOUNT_HOLDER_DATA_ITEMS,
  type AccountHolderDataItem,
  type Platform,
} from '../../domain/token-requestor.js';
import { type Eligibility, judgeEligibility } from '../../push/rules/eligibility.js';
import type { GatewayContext } from '../context.js';
import { AccountHolderDataItemEnum, PlatformEnum } from '../enums.js';
import { FundingAccountObject } from '../funding-account/funding-account.object.js';
import { readSelection } from '../token-requestor/read-question.js';
import { TokenRequestorFilterInput } from '../token-requestor/token-requestor.input.js';
import { EligibilityObject } from './eligibility.object.js';

@Resolver(() => FundingAccountObject)
export class EligibilityResolver {
  @FieldResolver(() => [EligibilityObject], {
    nullable: true,
    description:
      "For every wallet and merchant of the bank's cards and accounts, whether this one can be pushed there with these " +
      'options of `pushCard`, or why not; ordered as in `Query.tokenRequestors`. The rules are those of `pushCard`: what ' +
      'is ELIGIBLE here is not refused there by any of them, except for a `callbackUrl` that is not allowed. Null when ' +
      'it cannot be told just now.\n\n' +
      'Errors: FORBIDDEN, BAD_USER_INPUT, UPSTREAM_UNAVAILABLE, CARD_STORE_UNAVAILABLE.',
  })
  async eligibility(
    @Root() account: FundingAccount,
    @Arg('platform', () => PlatformEnum, { nullable: true, description: 'As in `pushCard`.' })
    platform: Platform | null,
    @Arg('requestIssuerInitiatedDigitizationData', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'As in `pushCard`.',
    })
    requestIssuerInitiatedDigitizationData: boolean | null,
    @Arg('accountHolderData', () => [AccountHolderDataItemEnum], {
      nullable: true,
      description: 'As in `pushCard`.',
    })
    accountHolderData: readonly AccountHolderDataItem[] | null,
    @Arg('filter', () => TokenRequestorFilterInput, { nullable: true, description: 'Only these.' })
    filter: TokenRequestorFilterInput | null,
    @Ctx() { loaders, languages, now }: GatewayContext,
  ): Promise<EligibilityObject[]> {
    const items = ACCOUNT_HOLDER_DATA_ITEMS.filter((item) => accountHolderData?.includes(item));
    const options = {
      platform: platform ?? null,
      requestIssuerInitiatedDigitizationData: requestIssuerInitiatedDigitizationData ?? false,
      accountHolderData: items,
    };
    const select = readSelection(filter, languages);
    const judged = await judgeEligibility(account, options, {
      tokenRequestors: async () => select(await loaders.requestors.metBy([account])),
      accountData: () => loaders.accountData(account.id, items),
      now,
    });
    return judged.map(toEligibilityObject);
  }
}

function toEligibilityObject(eligibility: Eligibility): EligibilityObject {
  return { ...eligibility, status: eligibility.refusal === null ? 'ELIGIBLE' : 'NOT_ELIGIBLE' };
}
