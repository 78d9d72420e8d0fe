/** What may be seen of an account of a push by whoever may see the push. */
import { type Push, type PushedAccount, refusalOf } from '../../push/push.js';
import { type PushReader, textOfAccount } from '../../push/texts/push-texts.js';
import type { PushedAccountSummaryObject } from './pushed-account.object.js';

export function toAccountSummary(
  push: Push,
  account: PushedAccount,
  reader: PushReader,
): PushedAccountSummaryObject {
  const { fundingAccountId, lastFour, outcome } = account;
  const words = textOfAccount(push, account, reader);
  return {
    id: `${push.id}/${fundingAccountId}`,
    fundingAccountId,
    lastFour,
    outcome: outcome?.outcome ?? null,
    outcomeCertainty: outcome?.certainty ?? null,
    refusal: refusalOf(push, account),
    accountHolderText: words?.text ?? null,
    accountHolderTextLanguage: words?.language ?? null,
  };
}
