/** Everything that must hold before a push is sent; the card numbers are asked for last. */

import type { Catalogue } from '../../catalogue/catalogue.js';
import type { IssuerRanges } from '../../catalogue/issuer-ranges.js';
import { RequestorFinder } from '../../catalogue/requestor-finder.js';
import { type AllowedCallback, allowedCallback, type CallbackRule } from '../../domain/callback-allowlist.js';
import type { Clock } from '../../domain/clock.js';
import type { FundingAccount, FundingAccountData } from '../../domain/funding-account.js';
import { isTokenRequestorId, type TokenRequestor } from '../../domain/token-requestor.js';
import { UpstreamCalls } from '../../domain/upstream-calls.js';
import type { AskedCardStore } from '../../vault/card-store.js';
import { CountedCardStore } from '../../vault/counted-card-store.js';
import { mayBeShown, type PushInput } from '../push-input.js';
import { type Refusal, refuse } from '../refusals/refusal.js';
import { MAX_ACCOUNTS_PER_PUSH, refuseBeforeData, refuseByData } from './rules.js';

export interface CheckDeps {
  readonly cardStore: AskedCardStore;
  readonly catalogue: Catalogue;
  readonly issuerRanges: IssuerRanges;
  readonly callbackRules: () => readonly CallbackRule[];
  readonly clock: Clock;
}

/** What has passed every check and may be sent. */
export interface CheckedPush {
  readonly input: PushInput;
  readonly callback: AllowedCallback | null;
  /** In the request's order. */
  readonly accounts: readonly CheckedAccount[];
}

/** An account with the data that goes into the envelope. */
interface CheckedAccount extends FundingAccount {
  readonly data: FundingAccountData;
}

/** @throws MdesError, CardStoreError when one of them cannot answer */
export async function checkPush(
  deps: CheckDeps,
  accountHolder: string,
  input: PushInput,
  calls = new UpstreamCalls(),
): Promise<CheckedPush | { readonly refusal: Refusal }> {
  const { callbackRules, clock } = deps;
  const cardStore = new CountedCardStore(deps.cardStore, calls);
  const ids = input.fundingAccountIds;
  const callback = input.callbackUrl === null ? null : allowedCallback(input.callbackUrl, callbackRules());
  if (callback === undefined) return { refusal: refuse('CALLBACK_URL_NOT_ALLOWED') };
  if (ids.length > MAX_ACCOUNTS_PER_PUSH) return { refusal: refuse('TOO_MANY_ACCOUNTS') };

  const owned = await cardStore.fundingAccounts(accountHolder);
  const unknown = ids.filter((id) => !owned.some((account) => account.id === id));
  if (unknown.length > 0) {
    return {
      refusal: refuse('FUNDING_ACCOUNT_NOT_FOUND', unknown.filter(mayBeShown)),
    };
  }
  const accounts = ids.flatMap((id) => owned.filter((account) => account.id === id));
  const requestor = await findRequestor(deps, input.tokenRequestorId, accounts, calls);
  if (requestor === null) return { refusal: refuse('TOKEN_REQUESTOR_NOT_FOUND') };
  const byRule = refuseBeforeData(input, accounts, requestor, clock.now());
  if (byRule !== null) return { refusal: byRule };

  const answer = await cardStore.fundingAccountData(accountHolder, ids, input.accountHolderData);
  const byData = refuseByData(input, accounts, answer, clock.now());
  if (byData !== null) return { refusal: byData };
  return {
    input,
    callback,
    accounts: accounts.flatMap((account) => {
      const data = answer.get(account.id);
      return data === undefined ? [] : [{ ...account, data }];
    }),
  };
}

async function findRequestor(
  { catalogue, issuerRanges }: CheckDeps,
  id: string,
  accounts: readonly FundingAccount[],
  calls: UpstreamCalls,
): Promise<TokenRequestor | null> {
  if (!isTokenRequestorId(id)) return null;
  const finder = new RequestorFinder({
    issuerRanges,
    load: (ranges) => catalogue.entriesFor(ranges, calls),
    merged: catalogue.merged,
    issuerWide: catalogue,
  });
  return finder.forPush(id, accounts);
}
