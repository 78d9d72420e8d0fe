/** A push as front ends see it. The one place, beside the envelope, where receipts and digitization data are revealed. */
import { type Push, pushStatus, refusalOf } from '../../push/push.js';
import { type HandOffObject, type PushedAccountObject, PushObject } from './push.type.js';

export function toPushObject(push: Push): PushObject {
  const status = pushStatus(push);
  return Object.assign(new PushObject(), {
    id: push.id,
    status,
    createdAt: new Date(push.createdAt),
    expiresAt: status === 'READY' || status === 'EXPIRED' ? new Date(push.expiresAt) : null,
    accounts: push.accounts.map((_, index) => toAccount(push, index)),
    handOffs: handOffs(push),
    tokenRequestorId: push.tokenRequestorId,
    accountRanges: push.accountRanges,
  });
}

function toAccount(push: Push, index: number): PushedAccountObject {
  const { fundingAccountId = '', lastFour = '' } = push.accounts[index] ?? {};
  const result = push.phase.kind === 'ANSWERED' ? push.phase.results[index] : undefined;
  const pushed = result?.kind === 'PUSHED' ? result : undefined;
  return {
    fundingAccountId,
    lastFour,
    pushAccountReceipt: pushed?.receipt.reveal() ?? null,
    issuerInitiatedDigitizationData: pushed?.digitizationData?.reveal() ?? null,
    outcome: null,
    refusal: refusalOf(push, fundingAccountId),
  };
}

function handOffs({ phase }: Push): HandOffObject[] {
  if (phase.kind !== 'ANSWERED') return [];
  return phase.handOffs.map(({ platform, url }) => ({ platform, url: url.reveal() }));
}
