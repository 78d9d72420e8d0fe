/** A push as front ends see it. The one place, beside the envelope, where receipts and digitization data are revealed. */
import { isRecommended } from '../../push/hand-off.js';
import { type Push, type PushedAccount, refusalOf } from '../../push/push.js';
import { pushStatus } from '../../push/push-status.js';
import { type HandOffObject, type PushedAccountObject, PushObject } from './push.object.js';

export function toPushObject(push: Push): PushObject {
  return Object.assign(new PushObject(), {
    id: push.id,
    status: pushStatus(push),
    createdAt: new Date(push.createdAt),
    expiresAt: hadReceipts(push) ? new Date(push.expiresAt) : null,
    accounts: push.accounts.map((account) => toAccount(push, account)),
    handOffs: toHandOffs(push),
    tokenRequestorId: push.tokenRequestorId,
  });
}

/** What stands for a push that the gateway has and cannot read. */
export function toUnreadablePush({ id, createdAt }: Pick<Push, 'id' | 'createdAt'>): PushObject {
  return Object.assign(new PushObject(), {
    id,
    status: 'UNKNOWN',
    createdAt: new Date(createdAt),
    expiresAt: null,
    accounts: [],
    handOffs: [],
    tokenRequestorId: null,
  });
}

/** Whatever has become of them: a push that is done may hold receipts that live. */
function hadReceipts({ accounts }: Push): boolean {
  return accounts.some(({ result }) => result?.kind === 'PUSHED');
}

function toAccount(push: Push, account: PushedAccount): PushedAccountObject {
  const { fundingAccountId, lastFour, result, outcome } = account;
  const secrets = result?.kind === 'PUSHED' ? result.secrets : null;
  return {
    fundingAccountId,
    lastFour,
    pushAccountReceipt: secrets?.receipt.reveal() ?? null,
    issuerInitiatedDigitizationData: secrets?.digitizationData?.reveal() ?? null,
    outcome: outcome?.outcome ?? null,
    outcomeCertainty: outcome?.certainty ?? null,
    refusal: refusalOf(push, account),
  };
}

function toHandOffs({ handOffs, platform }: Push): HandOffObject[] {
  return handOffs.map((handOff) => ({
    platform: handOff.platform,
    url: handOff.url.reveal(),
    recommended: isRecommended(handOff, handOffs, platform),
    fundingAccountId: handOff.fundingAccountId,
  }));
}
