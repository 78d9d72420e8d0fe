/** The answer of pushMultipleAccounts, held against the request: only an answer that fits it counts. */
import { z } from 'zod';
import { Secret } from '../../domain/secret.js';
import type { PushAnswer, PushRequest } from '../mdes-client.js';
import { mdesReason } from './error-answer.js';
import { describeIssues } from './json.js';
import { signedReceipts } from './jws-receipts.js';

const WirePush = z.object({
  pushAccountReceipts: z.array(
    z.object({
      pushAccountId: z.string().min(1),
      pushAccountReceipt: z.string().min(1).max(64).nullish(),
      issuerInitiatedDigitizationData: z.string().min(1).nullish(),
      errors: z.array(z.unknown()).nullish(),
    }),
  ),
  availablePushMethods: z.array(z.unknown()).nullish(),
  signature: z.string().min(1).nullish(),
  tokenRequestorSignatureSupport: z.boolean().nullish(),
});

type WireItem = z.infer<typeof WirePush>['pushAccountReceipts'][number];

export interface ReadPush {
  readonly accounts: PushAnswer['accounts'];
  /** In the answer's own order, as the signature holds them. */
  readonly receipts: readonly string[];
  readonly methods: readonly unknown[];
  readonly signature: string | null;
  readonly signatureExpected: boolean;
}

/** Says what does not fit, in words that hold no value. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** @throws Misfit */
export function readPush(json: unknown, request: PushRequest): ReadPush {
  const parsed = WirePush.safeParse(json);
  if (!parsed.success) throw new Misfit(`not a push answer (${describeIssues(parsed.error)})`);
  const { pushAccountReceipts, availablePushMethods, signature, tokenRequestorSignatureSupport } =
    parsed.data;
  const items = new Map(pushAccountReceipts.map((item) => [item.pushAccountId, item]));
  if (items.size !== request.accounts.length || pushAccountReceipts.length !== request.accounts.length) {
    throw new Misfit('not one item for each account');
  }
  const accounts = request.accounts.map(({ pushAccountId }) => {
    const item = items.get(pushAccountId);
    if (item === undefined) throw new Misfit('an account is not answered');
    return toAccount(item, request.requestIssuerInitiatedDigitizationData);
  });
  const receipts = pushAccountReceipts.flatMap(({ pushAccountReceipt }) => pushAccountReceipt ?? []);
  if (new Set(receipts).size !== receipts.length) throw new Misfit('two accounts with one receipt');
  if (signature != null && !sameSet(signedReceipts(signature), receipts)) {
    throw new Misfit('the signature does not cover the receipts');
  }
  return {
    accounts,
    receipts,
    methods: availablePushMethods ?? [],
    signature: signature ?? null,
    signatureExpected: tokenRequestorSignatureSupport ?? false,
  };
}

function toAccount(item: WireItem, digitizationDataAsked: boolean): PushAnswer['accounts'][number] {
  const { pushAccountId, pushAccountReceipt, issuerInitiatedDigitizationData, errors } = item;
  if (errors != null && errors.length > 0) {
    const reason = mdesReason({ errors });
    if (pushAccountReceipt != null) throw new Misfit('a receipt and errors for one account');
    if (reason === null) throw new Misfit('errors without a reason');
    return { pushAccountId, reason };
  }
  if (pushAccountReceipt == null) throw new Misfit('neither receipt nor errors for an account');
  if (digitizationDataAsked && issuerInitiatedDigitizationData == null) {
    throw new Misfit('no digitization data for an account');
  }
  return {
    pushAccountId,
    pushAccountReceipt: new Secret(pushAccountReceipt),
    issuerInitiatedDigitizationData:
      digitizationDataAsked && issuerInitiatedDigitizationData != null
        ? new Secret(issuerInitiatedDigitizationData)
        : null,
  };
}

function sameSet(left: readonly string[] | undefined, right: readonly string[]): boolean {
  return left !== undefined && left.length === right.length && right.every((one) => left.includes(one));
}
