/** Sends one push to MDES, once, and puts what came of it in the ledger's terms. */
import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import type { FundingAccountData } from '../domain/funding-account.js';
import type {
  AccountToPush,
  HandOff,
  MdesClient,
  PushedAccount,
  RefusedAccount,
} from '../mdes/mdes-client.js';
import { MdesError } from '../mdes/mdes-error.js';
import type { Push } from './push.js';
import type { PushInput } from './push-input.js';
import { accountRefusalOfMdes, type Refusal, refusalOfMdes } from './refusals/refusal.js';
import { MAX_ACCOUNTS_PER_PUSH } from './rules.js';

export type SendResult =
  | {
      readonly kind: 'ANSWERED';
      /** In the order of the push's accounts. */
      readonly accounts: readonly (PushedAccount | { readonly refusal: Refusal })[];
      readonly handOffs: readonly HandOff[];
    }
  /** MDES refused the push as a whole; nothing was pushed. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal; readonly cause: MdesError }
  /** Certainly not carried out. */
  | { readonly kind: 'NOT_SENT'; readonly cause: MdesError }
  /** Sent, and nobody knows what became of it. */
  | { readonly kind: 'UNCLEAR'; readonly cause: unknown };

export async function sendPush(
  mdes: MdesClient,
  push: Push,
  /** `callbackUrl` is the one that MDES gets. */
  input: PushInput,
  data: ReadonlyMap<string, FundingAccountData>,
): Promise<SendResult> {
  let handOffs: readonly HandOff[] = [];
  // One loader per push: its accounts share a call, two pushes never do, and nothing is remembered.
  const loader = new DataLoader<AccountToPush, PushedAccount | RefusedAccount>(
    async (accounts) => {
      const answer = await mdes.pushMultipleAccounts(toRequest(push, input, accounts));
      handOffs = answer.handOffs;
      return answer.accounts;
    },
    { cache: false, maxBatchSize: MAX_ACCOUNTS_PER_PUSH },
  );
  try {
    const answers = await Promise.all([...data.values()].map((account) => loader.load(toAccount(account))));
    const ids = [...data.keys()];
    const judged = answers.map((answer, index) =>
      'reason' in answer ? { refusal: accountRefusalOfMdes(answer.reason, ids[index] ?? '') } : answer,
    );
    return { kind: 'ANSWERED', accounts: judged, handOffs };
  } catch (error) {
    return fromFailure(error);
  }
}

function toAccount(data: FundingAccountData): AccountToPush {
  return { pushAccountId: `CA-${randomUUID().replaceAll('-', '')}`, data };
}

function toRequest(push: Push, input: PushInput, accounts: readonly AccountToPush[]) {
  return {
    requestId: push.id,
    tokenRequestorId: push.tokenRequestorId,
    accounts,
    requestIssuerInitiatedDigitizationData: input.requestIssuerInitiatedDigitizationData,
    pushAccountReceiptsValidityPeriod: input.pushAccountReceiptsValidityPeriod,
    accountHolderDataSupplied: input.accountHolderData.length > 0,
    callbackUrl: input.callbackUrl,
    locale: input.locale,
  };
}

function fromFailure(cause: unknown): SendResult {
  // Whatever else went wrong around the call may have done so after it was sent.
  if (!(cause instanceof MdesError)) return { kind: 'UNCLEAR', cause };
  switch (cause.kind) {
    case 'UNCLEAR':
      return { kind: 'UNCLEAR', cause };
    case 'REFUSED':
      return { kind: 'REFUSED', refusal: refusalOfMdes(cause.reason), cause };
    case 'UNAUTHORIZED':
    case 'UNAVAILABLE':
      return { kind: 'NOT_SENT', cause };
    default:
      return cause.kind satisfies never;
  }
}
