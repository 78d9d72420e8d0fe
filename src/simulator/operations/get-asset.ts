/** GET /issuer-assets/1/0/asset/tokenrequestor/{AssetId}: a logo, as SVG and as PNG. */
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { wireError } from '../wire/wire-error.js';
import { answer, errorsAnswer, type OperationAnswer } from './operation.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * INFERRED: that an id of another form than a UUID is malformed, the reason codes, and the HTTP statuses.
 * @param segment the last segment of the path as it was sent
 */
export function getAsset(catalogue: SimulatedCatalogue, segment: string): OperationAnswer {
  if (segment.length > 64) return errorsAnswer([wireError.length('AssetId')], undefined, 400);
  if (!UUID.test(segment)) return errorsAnswer([wireError.format('AssetId')], undefined, 400);
  const entry = catalogue.requestors.find((requestor) => requestor.imageAssetId === segment);
  if (entry === undefined) return errorsAnswer([wireError.value('AssetId')], undefined, 404);
  return answer(200, { mediaContents: catalogue.logos.mediaContents(entry) });
}
