/** Sends one push to MDES, once, and puts what came of it in the ledger's terms. */
import { createHash, randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import type { FundingAccountData } from '../domain/funding-account.js';
import type {
  AccountToPush,
  MdesClient,
  PushAnswer,
  PushRequest,
  RefusedAccount,
  PushedAccount as TakenAccount,
} from '../mdes/mdes-client.js';
import { MdesError } from '../mdes/mdes-error.js';
import type { AccountResult, PushedAccount, PushHandOff } from './push.js';
import { accountRefusalOfMdes, type Refusal, refusalOfMdes } from './refusals/refusal.js';
import type { CheckedPush } from './rules/check-push.js';
import { MAX_ACCOUNTS_PER_PUSH } from './rules/rules.js';

type SendResult =
  | {
      readonly kind: 'ANSWERED';
      /** Each with its result. */
      readonly accounts: readonly PushedAccount[];
      readonly handOffs: readonly PushHandOff[];
    }
  /** MDES refused the push as a whole; nothing was pushed. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal; readonly cause: MdesError }
  /** Certainly not carried out. */
  | { readonly kind: 'NOT_SENT'; readonly cause: MdesError }
  /** Sent, and nobody knows what became of it. */
  | { readonly kind: 'UNCLEAR'; readonly cause: unknown };

/** MDES's answer, as far as it is about one account, and all of it. */
interface AccountAnswer {
  readonly account: TakenAccount | RefusedAccount;
  readonly whole: PushAnswer;
}

export async function sendPush(
  mdes: MdesClient,
  pushId: string,
  { input, accounts }: CheckedPush,
  /** Where the requestor is told to send the account holder; not always where the caller wants her to end up. */
  requestorCallbackUrl: string | null,
): Promise<SendResult> {
  // One loader per push: its accounts share a call, two pushes never do, and nothing is remembered.
  const loader = new DataLoader<AccountToPush, AccountAnswer>(
    async (batch) => {
      if (batch.length > MAX_ACCOUNTS_PER_PUSH) {
        throw new MdesError('UNAVAILABLE', 'more accounts than MDES takes in one push: nothing was sent');
      }
      const whole = await mdes.pushMultipleAccounts({
        requestId: pushId,
        accounts: batch,
        ...restOfRequest(input),
        callbackUrl: requestorCallbackUrl,
      });
      return whole.accounts.map((account) => ({ account, whole }));
    },
    { cache: false },
  );
  try {
    const answered = await Promise.all(
      accounts.map(async ({ id, lastFour, data }) => {
        const { account, whole } = await loader.load(toAccount(data));
        const result = resultOf(account, id);
        return { whole, pushed: { fundingAccountId: id, lastFour, result, outcome: null } };
      }),
    );
    const [first] = answered;
    const handOffs = first === undefined ? [] : first.whole.handOffs;
    return {
      kind: 'ANSWERED',
      accounts: answered.map(({ pushed }) => pushed),
      handOffs: handOffs.map(({ platform, url }) => ({ platform, url, fundingAccountId: null })),
    };
  } catch (error) {
    return fromFailure(error);
  }
}

/** Receipts are random enough for a plain hash to tell nothing. */
export function receiptHash(receipt: string): string {
  return createHash('sha256').update(receipt).digest('base64url');
}

function resultOf(account: TakenAccount | RefusedAccount, fundingAccountId: string): AccountResult {
  if ('reason' in account) {
    return { kind: 'REFUSED', refusal: accountRefusalOfMdes(account.reason, fundingAccountId) };
  }
  const { pushAccountReceipt: receipt, issuerInitiatedDigitizationData: digitizationData } = account;
  return {
    kind: 'PUSHED',
    receiptHash: receiptHash(receipt.reveal()),
    secrets: { receipt, digitizationData },
  };
}

function toAccount(data: FundingAccountData): AccountToPush {
  return { pushAccountId: `CA-${randomUUID().replaceAll('-', '')}`, data };
}

function restOfRequest(
  input: CheckedPush['input'],
): Omit<PushRequest, 'requestId' | 'accounts' | 'callbackUrl'> {
  return {
    tokenRequestorId: input.tokenRequestorId,
    requestIssuerInitiatedDigitizationData: input.requestIssuerInitiatedDigitizationData,
    pushAccountReceiptsValidityPeriod: input.pushAccountReceiptsValidityPeriod,
    accountHolderDataSupplied: input.accountHolderData.length > 0,
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
