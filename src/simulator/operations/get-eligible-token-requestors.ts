/** POST /connect/1/0/getEligibleTokenRequestors: who can take accounts of these ranges. */
import { type AccountRange, parseAccountRange } from '../../domain/account-range.js';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { type CatalogueEntry, isEnabledFor, pushMethodsAt } from '../catalogue/catalogue-entry.js';
import { parseJson } from '../http/parse-json.js';
import { flag, listOf, record, text } from '../wire/field-rules.js';
import { wireError } from '../wire/wire-error.js';
import { answer, errorsAnswer, type OperationAnswer, readRequestId } from './operation.js';

const MOST_RANGES = 25;

// INFERRED: at least one range; the documents give the upper limit only.
const eligibilityRequest = record(
  { requestId: text(1, 64), accountRanges: listOf(1, MOST_RANGES, text(9, 19, /^\d+$/)) },
  { supportsTokenConnect: flag },
);

export function getEligibleTokenRequestors(
  { catalogue, walletsUrl }: { readonly catalogue: SimulatedCatalogue; readonly walletsUrl: string },
  body: Buffer,
): OperationAnswer {
  const json = parseJson(body);
  if (!json.ok) return errorsAnswer([wireError.json()], undefined);
  const request = eligibilityRequest(json.value, 'request');
  if (!request.ok) return errorsAnswer(request.errors, readRequestId(json.value));

  const asked = new Set(request.value.accountRanges.flatMap((range) => parseAccountRange(range) ?? []));
  const tokenRequestors = catalogue.requestors.flatMap((entry) => {
    const enabled = [...asked].filter((start) => isEnabled(catalogue, entry, start));
    return enabled.length === 0 ? [] : [toWire(entry, enabled, walletsUrl)];
  });
  return answer(200, { responseId: request.value.requestId, tokenRequestors });
}

/** Only the exact start of a range counts: this is no prefix search. */
function isEnabled(catalogue: SimulatedCatalogue, entry: CatalogueEntry, start: AccountRange): boolean {
  const range = catalogue.ranges.get(start);
  return range !== undefined && isEnabledFor(entry, range);
}

function toWire(entry: CatalogueEntry, enabled: readonly AccountRange[], walletsUrl: string): object {
  return {
    tokenRequestorId: entry.tokenRequestorId,
    name: entry.name,
    consumerFacingEntityName: entry.consumerFacingEntityName,
    imageAssetId: entry.imageAssetId,
    tokenRequestorType: entry.tokenRequestorType,
    walletId: entry.walletId,
    enabledAccountRanges: enabled.map(BigInt),
    supportedPushMethods: entry.supportedPushMethods,
    supportsMultiplePushedCards: entry.supportsMultiplePushedCards,
    supportedAccountHolderData: entry.supportedAccountHolderData,
    supportsCardHolderAuthentication: entry.supportsCardHolderAuthentication,
    supportsTokenConnect: true,
    availablePushMethods: pushMethodsAt(walletsUrl, entry),
    supportIssuerInitiatedDigitizationData: entry.supportIssuerInitiatedDigitizationData,
  };
}
