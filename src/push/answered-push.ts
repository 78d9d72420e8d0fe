/** What MDES's answer makes of a push: a result for each account, and the secrets with the ways to hand them off. */
import type { Secret } from '../domain/secret.js';
import type { HandOff } from '../mdes/mdes-client.js';
import type { PushHandOff } from './hand-off.js';
import type { PushKeys } from './ledger/push-keys.js';
import type { Push, PushPhase, PushSecrets } from './push.js';
import type { SendResult } from './send-push.js';

/** How a push that was sent has ended. */
export interface PushEnd {
  readonly phase: PushPhase;
  readonly secrets?: PushSecrets;
}

export interface AnswerDeps {
  readonly keys: PushKeys;
  /** The links by which digitization data goes over, where a profile describes some. */
  readonly proprietaryHandOffs: (
    tokenRequestorId: string,
    accounts: readonly {
      readonly fundingAccountId: string;
      readonly digitizationData: Secret<string> | null;
    }[],
  ) => readonly PushHandOff[];
}

export function answeredPush(
  push: Push,
  { accounts, handOffs }: Extract<SendResult, { kind: 'ANSWERED' }>,
  { keys, proprietaryHandOffs }: AnswerDeps,
): PushEnd {
  const secrets = accounts.map((account) =>
    'refusal' in account
      ? null
      : { receipt: account.pushAccountReceipt, digitizationData: account.issuerInitiatedDigitizationData },
  );
  const results = accounts.map((account) =>
    'refusal' in account
      ? ({ kind: 'REFUSED', refusal: account.refusal } as const)
      : ({ kind: 'PUSHED', receiptHash: keys.receiptHash(account.pushAccountReceipt.reveal()) } as const),
  );
  const proprietary = proprietaryHandOffs(
    push.tokenRequestorId,
    push.accounts.map(({ fundingAccountId }, index) => ({
      fundingAccountId,
      digitizationData: secrets[index]?.digitizationData ?? null,
    })),
  );
  return {
    phase: { kind: 'ANSWERED', results },
    secrets: { accounts: secrets, handOffs: [...handOffs.map(forWholePush), ...proprietary] },
  };
}

function forWholePush({ platform, url }: HandOff): PushHandOff {
  return { platform, url, fundingAccountId: null };
}
