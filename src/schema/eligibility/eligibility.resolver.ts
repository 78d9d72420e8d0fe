/** FundingAccount.eligibility: known before the tap. */
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
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
      'Whether this card or account can be pushed to a wallet or merchant with these options of `pushCard`, or why not: ' +
      "for every one of the bank's, or for those that are named. Those that are ELIGIBLE come first; otherwise ordered as " +
      'in `Query.tokenRequestors`. The rules are those of `pushCard`: what is ELIGIBLE here is not refused there by any ' +
      'of them, except for a `callbackUrl` that is not allowed. Null when it cannot be told just now.\n\n' +
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
    @Arg('tokenRequestorIds', () => [ID], {
      nullable: true,
      description:
        'Only these: up to 100 ids of `tokenRequestors`. One that there is not is left out; an empty list gives an empty ' +
        'list.',
    })
    tokenRequestorIds: readonly string[] | null,
    @Arg('onlyEligible', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Only those that are ELIGIBLE: what a picker shows, in a small answer.',
    })
    onlyEligible: boolean | null,
    @Ctx() { loaders, languages, now }: GatewayContext,
  ): Promise<EligibilityObject[]> {
    const items = ACCOUNT_HOLDER_DATA_ITEMS.filter((item) => accountHolderData?.includes(item));
    const options = {
      platform: platform ?? null,
      requestIssuerInitiatedDigitizationData: requestIssuerInitiatedDigitizationData ?? false,
      accountHolderData: items,
    };
    const select = readSelection(filter, languages, tokenRequestorIds);
    const judged = await judgeEligibility(account, options, {
      tokenRequestors: async () => select(await loaders.requestors.metBy([account])),
      accountData: () => loaders.accountData(account.id, items),
      now,
    });
    const eligible = judged.filter(({ refusal }) => refusal === null);
    const others = onlyEligible ? [] : judged.filter(({ refusal }) => refusal !== null);
    return [...eligible, ...others].map((one) => toEligibilityObject(account, one));
  }
}

function toEligibilityObject({ id }: FundingAccount, eligibility: Eligibility): EligibilityObject {
  const status = eligibility.refusal === null ? 'ELIGIBLE' : 'NOT_ELIGIBLE';
  return { ...eligibility, status, fundingAccountId: id };
}
