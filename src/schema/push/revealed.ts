/** The accounts and URLs of a push as front ends see them. The one place, beside the envelope, where receipts and digitization data are revealed. */
import type { HandOffProfiles } from '../../domain/hand-off-profile.js';
import { isRecommended } from '../../push/hand-off.js';
import type { Push, PushedAccount, PushHandOff } from '../../push/push.js';
import type { PushReader } from '../../push/texts/push-texts.js';
import type { HandOffObject } from './hand-off.object.js';
import type { PushedAccountObject } from './pushed-account.object.js';
import { toAccountSummary } from './to-account-summary.js';

/** What a push is seen by. */
export interface PushView extends PushReader {
  readonly handOffProfiles: HandOffProfiles;
}

export function toAccount(push: Push, account: PushedAccount, reader: PushReader): PushedAccountObject {
  const secrets = account.result?.kind === 'PUSHED' ? account.result.secrets : null;
  return {
    ...toAccountSummary(push, account, reader),
    pushAccountReceipt: secrets?.receipt.reveal() ?? null,
    issuerInitiatedDigitizationData: secrets?.digitizationData?.reveal() ?? null,
  };
}

export function toHandOff(push: Push, handOff: PushHandOff, profiles: HandOffProfiles): HandOffObject {
  return {
    platform: handOff.platform,
    url: handOff.url.reveal(),
    recommended: isRecommended(handOff, push, profiles),
    fundingAccountId: handOff.fundingAccountId,
  };
}
