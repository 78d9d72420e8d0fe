/** A push as front ends see it: the whole of it, and its line in the history. */
import { asHandedOut } from '../../push/hand-off.js';
import type { Push } from '../../push/push.js';
import { pushStatus } from '../../push/push-status.js';
import { textOfPush } from '../../push/texts/push-texts.js';
import { type AnyPush, PushObject } from './push.object.js';
import { PushSummaryObject } from './push-summary.object.js';
import { type PushView, toAccount, toHandOff } from './revealed.js';
import { toAccountSummary } from './to-account-summary.js';
import { toNextStep } from './to-next-step.js';

export function toPushObject(push: Push, view: PushView): PushObject {
  const shown = asHandedOut(push);
  return Object.assign(new PushObject(), {
    ...toAnyPush(push, view),
    id: push.id,
    tokenRequestorId: push.tokenRequestorId,
    accounts: shown.accounts.map((account) => toAccount(shown, account, view)),
    handOffs: shown.handOffs.map((handOff) => toHandOff(shown, handOff, view.handOffProfiles)),
    nextStep: toNextStep(shown, view),
  });
}

export function toPushSummary(push: Push, view: PushView): PushSummaryObject {
  return Object.assign(new PushSummaryObject(), {
    ...toAnyPush(push, view),
    id: push.id,
    tokenRequestorId: push.tokenRequestorId,
    accounts: push.accounts.map((account) => toAccountSummary(push, account, view)),
  });
}

/** What stands for a push that the gateway has and cannot read. */
export function toUnreadablePush(
  { id, createdAt }: Pick<Push, 'id' | 'createdAt'>,
  { pushTexts, languages }: PushView,
): PushSummaryObject {
  const { text, language } = pushTexts.textOf('UNKNOWN', languages);
  return Object.assign(new PushSummaryObject(), {
    id,
    status: 'UNKNOWN',
    createdAt: new Date(createdAt),
    expiresAt: null,
    accountHolderText: text,
    accountHolderTextLanguage: language,
    tokenRequestorId: null,
    accounts: [],
  });
}

function toAnyPush(push: Push, view: PushView): AnyPush {
  const { text, language } = textOfPush(push, view);
  return {
    status: pushStatus(push),
    createdAt: new Date(push.createdAt),
    expiresAt: hadReceipts(push) ? new Date(push.expiresAt) : null,
    accountHolderText: text,
    accountHolderTextLanguage: language,
  };
}

/** Whatever has become of them: a push that is done may hold receipts that live. */
function hadReceipts({ accounts }: Push): boolean {
  return accounts.some(({ result }) => result?.kind === 'PUSHED');
}
