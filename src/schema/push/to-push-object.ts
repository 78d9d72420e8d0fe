/** A push as front ends see it. The one place, beside the envelope, where receipts and digitization data are revealed. */
import { isRecommended } from '../../push/hand-off.js';
import { type Push, refusalOf } from '../../push/push.js';
import { type PushStatus, pushStatus } from '../../push/push-status.js';
import { type HandOffObject, type PushedAccountObject, PushObject } from './push.type.js';

/** Those whose receipts have a time. */
const WITH_EXPIRY: readonly PushStatus[] = ['READY', 'HANDED_OFF', 'EXPIRED'];

export function toPushObject(push: Push, now: number): PushObject {
  const status = pushStatus(push, now);
  return Object.assign(new PushObject(), {
    id: push.id,
    status,
    createdAt: new Date(push.createdAt),
    expiresAt: WITH_EXPIRY.includes(status) ? new Date(push.expiresAt) : null,
    accounts: push.accounts.map((_, index) => toAccount(push, index)),
    handOffs: toHandOffs(push),
    tokenRequestorId: push.tokenRequestorId,
    accountRanges: push.accountRanges,
  });
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
