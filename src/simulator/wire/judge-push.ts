/** The rules of a push that span several fields: what the requestor supports, and what goes together. */
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { isJsonObject } from '../http/parse-json.js';
import type { PushedAccount } from './funding-account.js';
import type { PushRequest } from './push-request.js';
import { type WireError, wireError } from './wire-error.js';

const MOST_ACCOUNTS = 5;

/** INFERRED: MDES's documents state these rules, but not the reason codes. */
export function judgePush(
  request: PushRequest,
  accounts: readonly PushedAccount[],
  requestor: CatalogueEntry,
): WireError[] {
  return [
    ...judgeAccounts(accounts, requestor),
    ...judgeDigitization(request, requestor),
    ...judgeActivation(request),
    ...judgePull(request, requestor),
    ...judgeHolderDataFlag(request, accounts, requestor),
  ];
}

function judgeAccounts(accounts: readonly PushedAccount[], requestor: CatalogueEntry): WireError[] {
  const takesSeveral = requestor.supportsMultiplePushedCards && !requestor.supportsCardHolderAuthentication;
  const errors: WireError[] = [];
  if (accounts.length > (takesSeveral ? MOST_ACCOUNTS : 1))
    errors.push(wireError.value('pushFundingAccounts'));
  if (new Set(accounts.map((account) => account.pushAccountId)).size !== accounts.length) {
    errors.push(wireError.value('pushAccountId'));
  }
  return errors;
}

function judgeDigitization(request: PushRequest, requestor: CatalogueEntry): WireError[] {
  const wanted = request.requestIssuerInitiatedDigitizationData === true;
  return wanted && requestor.supportIssuerInitiatedDigitizationData !== true
    ? [wireError.value('requestIssuerInitiatedDigitizationData')]
    : [];
}

function judgeActivation({ signatureData = {} }: PushRequest): WireError[] {
  const { callbackURL, completeIssuerAppActivation, completeWebsiteActivation } = signatureData;
  const returnsByCallback = completeIssuerAppActivation === false || completeWebsiteActivation === false;
  return returnsByCallback && callbackURL === undefined ? [wireError.missing('callbackURL')] : [];
}

function judgePull(
  { signatureData, authenticationCode }: PushRequest,
  requestor: CatalogueEntry,
): WireError[] {
  const sessionId = signatureData?.tokenRequestorSessionId;
  if (requestor.pullsCards === true) {
    const codeAlone = authenticationCode !== undefined && sessionId === undefined;
    return codeAlone ? [wireError.missing('tokenRequestorSessionId')] : [];
  }
  return [
    ...(sessionId === undefined ? [] : [wireError.value('tokenRequestorSessionId')]),
    ...(authenticationCode === undefined ? [] : [wireError.value('authenticationCode')]),
  ];
}

/** The flag must tell the truth; where the requestor reads it from the signature, it must be there. */
function judgeHolderDataFlag(
  request: PushRequest,
  accounts: readonly PushedAccount[],
  requestor: CatalogueEntry,
): WireError[] {
  const said = request.signatureData?.accountHolderDataSupplied;
  const supplied = accounts.some(({ fundingAccountData }) => hasHolderData(fundingAccountData));
  const mustSay = requestor.tokenRequestorSignatureSupport === true || said !== undefined;
  return mustSay && (said ?? false) !== supplied ? [wireError.value('accountHolderDataSupplied')] : [];
}

function hasHolderData(data: unknown): boolean {
  if (!isJsonObject(data)) return false;
  const holder = data['accountHolderData'];
  return isJsonObject(holder) && Object.keys(holder).length > 0;
}
