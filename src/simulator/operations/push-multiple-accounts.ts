/** POST /connect/1/0/pushMultipleAccounts: deposits accounts for a token requestor, a receipt for each. */
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { type CatalogueEntry, pushMethodsAt } from '../catalogue/catalogue-entry.js';
import { type MagicOutcome, magicOutcome } from '../catalogue/magic.js';
import type { FaultQueue } from '../http/fault-queue.js';
import { parseJson } from '../http/parse-json.js';
import type { Exchange } from '../state/exchange-log.js';
import type { PushLog } from '../state/push-log.js';
import type { ReceiptBook } from '../state/receipt-book.js';
import { type PushedAccount, pushedAccounts } from '../wire/funding-account.js';
import { judgePush } from '../wire/judge-push.js';
import { type EnvelopeKey, openEnvelope } from '../wire/open-envelope.js';
import { type PushRequest, pushRequest } from '../wire/push-request.js';
import { type JwsKey, signPushData } from '../wire/sign-push-data.js';
import { type WireError, wireError } from '../wire/wire-error.js';
import { magicAnswer, magicErrors } from './magic-push.js';
import { answer, errorsAnswer, type OperationAnswer, readRequestId } from './operation.js';
import { type AccountOutcome, pushAccount } from './push-account.js';

interface PushDeps {
  readonly catalogue: SimulatedCatalogue;
  readonly envelopeKey: EnvelopeKey;
  readonly jwsKey: JwsKey;
  readonly receipts: ReceiptBook;
  readonly pushes: PushLog;
  readonly walletsUrl: string;
  readonly outcomes: FaultQueue<MagicOutcome>;
  readonly exchange: Pick<Exchange, 'envelope' | 'payload'>;
}

export function pushMultipleAccounts(deps: PushDeps, body: Buffer): OperationAnswer {
  const json = parseJson(body);
  if (!json.ok) return errorsAnswer([wireError.json()], undefined);
  const parsed = pushRequest(json.value, 'request');
  if (!parsed.ok) return errorsAnswer(parsed.errors, readRequestId(json.value));
  const request = parsed.value;

  const refuse = (errors: readonly WireError[], accounts: readonly PushedAccount[] = []): OperationAnswer => {
    deps.pushes.refused(request, accounts, errors);
    return errorsAnswer(errors, request.requestId);
  };
  const requestor = deps.catalogue.requestors.find(
    (entry) => entry.tokenRequestorId === request.tokenRequestorId,
  );
  if (requestor === undefined) return refuse([wireError.value('tokenRequestorId')]);
  const clear = openEnvelope(deps.envelopeKey, request.pushFundingAccounts.encryptedPayload);
  deps.exchange.envelope = clear.ok ? 'OPENED' : 'REFUSED';
  if (!clear.ok) return refuse(clear.errors);
  const list = parseJson(clear.value);
  if (!list.ok) return refuse([wireError.json()]);
  deps.exchange.payload = list.value;
  const accounts = pushedAccounts(list.value, 'pushFundingAccounts');
  if (!accounts.ok) return refuse(accounts.errors);
  const errors = judgePush(request, accounts.value, requestor);
  if (errors.length > 0) return refuse(errors, accounts.value);

  const magic = deps.outcomes.take() ?? magicOutcome(requestor.tokenRequestorId);
  const forced = magic === undefined ? undefined : magicErrors(magic);
  if (magic !== undefined && forced !== undefined) {
    deps.pushes.refused(request, accounts.value, forced);
    return magicAnswer(magic, forced, request.requestId);
  }
  const outcomes = accounts.value.map((account, index) =>
    pushAccount({ ...deps, request, requestor, account, index, magic }),
  );
  deps.pushes.carriedOut(request, outcomes);
  if (magic === 'ANSWER_LOST') return { kind: 'BROKEN_CONNECTION' };
  return answer(200, toWire(deps, request, requestor, outcomes));
}

/** Members stand in the order that was seen. */
function toWire(
  { jwsKey, walletsUrl }: PushDeps,
  request: PushRequest,
  requestor: CatalogueEntry,
  outcomes: readonly AccountOutcome[],
): object {
  const receipts = outcomes.flatMap(({ receipt }) => receipt?.pushAccountReceipt ?? []);
  const succeeded = receipts.length > 0;
  const signs = succeeded && requestor.tokenRequestorSignatureSupport === true;
  return {
    pushAccountReceipts: outcomes.map((outcome) => ({
      pushAccountId: outcome.account.pushAccountId,
      pushAccountReceipt: outcome.receipt?.pushAccountReceipt,
      issuerInitiatedDigitizationData: outcome.issuerInitiatedDigitizationData,
      errors: outcome.errors,
    })),
    availablePushMethods: succeeded ? pushMethodsAt(walletsUrl, requestor) : undefined,
    signature: signs ? signPushData(jwsKey, receipts, request.signatureData) : undefined,
    tokenRequestorSignatureSupport: requestor.tokenRequestorSignatureSupport,
    responseId: request.requestId,
  };
}
