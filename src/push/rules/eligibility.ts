/** What `pushCard` would say of one account, requestor by requestor, known before the tap: by the same rules. */

import type { FundingAccount, JudgedAccountData } from '../../domain/funding-account.js';
import type { TokenRequestor } from '../../domain/token-requestor.js';
import type { Refusal } from '../refusals/refusal.js';
import { asUnavailable } from '../unavailable.js';
import { mostAccounts, needsData, type PushOptions, refuseBeforeData, refuseByData } from './rules.js';

export interface Eligibility {
  readonly tokenRequestor: TokenRequestor;
  /** What a push would be refused with; null: with nothing. */
  readonly refusal: Refusal | null;
  readonly maximumAccounts: number;
}

interface EligibilitySources {
  /** Every requestor of the issuer, as a push of this account would find it. */
  readonly tokenRequestors: () => Promise<readonly TokenRequestor[]>;
  /** null: the card store does not know the account. */
  readonly accountData: () => Promise<JudgedAccountData | null>;
  readonly now: () => number;
}

/** @throws GatewayError when card store or MDES cannot answer, as a push would */
export async function judgeEligibility(
  account: FundingAccount,
  options: PushOptions,
  { tokenRequestors, accountData, now }: EligibilitySources,
): Promise<Eligibility[]> {
  // Asked for before the catalogue has answered, so that all accounts of a request ask in one breath. A failure counts
  // only if the data is needed in the end.
  const judgedAt = now();
  const data = needsData(options, account, judgedAt) ? accountData() : undefined;
  data?.catch(() => undefined);
  try {
    const judged = (await tokenRequestors()).map((tokenRequestor) => ({
      tokenRequestor,
      refusal: refuseBeforeData(options, [account], tokenRequestor, judgedAt),
      maximumAccounts: mostAccounts(tokenRequestor),
    }));
    if (data === undefined || judged.every(({ refusal }) => refusal !== null)) return judged;
    const known = await data;
    const byId = new Map(known === null ? [] : [[account.id, known]]);
    const byData = refuseByData(options, [account], byId, judgedAt);
    return judged.map((one) => ({ ...one, refusal: one.refusal ?? byData }));
  } catch (error) {
    throw asUnavailable(error);
  }
}
