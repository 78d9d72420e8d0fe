/** A push as front ends see it. The one place, beside the envelope, where receipts and digitization data are revealed. */
import { isRecommended } from '../../push/hand-off.js';
import { type Push, refusalOf } from '../../push/push.js';
import { pushStatus } from '../../push/push-status.js';
import { type HandOffObject, type PushedAccountObject, PushObject } from './push.object.js';

export function toPushObject(push: Push, now: number): PushObject {
  return Object.assign(new PushObject(), {
    id: push.id,
    status: pushStatus(push, now),
    createdAt: new Date(push.createdAt),
    expiresAt: hadReceipts(push) ? new Date(push.expiresAt) : null,
    accounts: push.accounts.map((_, index) => toAccount(push, index)),
    handOffs: toHandOffs(push),
    tokenRequestorId: push.tokenRequestorId,
    accountRanges: push.accountRanges,
  });
}

/** Whatever has become of them: a push that is done may hold receipts that live. */
function hadReceipts({ phase }: Push): boolean {
  return phase.kind === 'ANSWERED' && phase.results.some(({ kind }) => kind === 'PUSHED');
}

function toAccount(push: Push, index: number): PushedAccountObject {
  const { fundingAccountId = '', lastFour = '' } = push.accounts[index] ?? {};
  const secrets = push.secrets?.accounts[index];
  const outcome = push.outcomes[index];
  return {
    fundingAccountId,
    lastFour,
    pushAccountReceipt: secrets?.receipt.reveal() ?? null,
    issuerInitiatedDigitizationData: secrets?.digitizationData?.reveal() ?? null,
    outcome: outcome?.outcome ?? null,
    outcomeCertainty: outcome?.certainty ?? null,
    refusal: refusalOf(push, index),
  };
}

function toHandOffs({ secrets, platform }: Push): HandOffObject[] {
  const handOffs = secrets?.handOffs ?? [];
  return handOffs.map((handOff) => ({
    platform: handOff.platform,
    url: handOff.url.reveal(),
    recommended: isRecommended(handOff, handOffs, platform),
    fundingAccountId: handOff.fundingAccountId,
  }));
}
