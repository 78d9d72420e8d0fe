/** Operation getAsset: a logo by its id. */
import { type Asset, isAssetId } from '../domain/asset.js';
import { type CallDeps, call } from './call.js';
import type { JsonAnswer } from './failures.js';
import { parseSuccess } from './success.js';
import { AssetAnswer, toAsset } from './wire-asset.js';
import { mdesReason } from './wire-errors.js';

const OPERATION = 'getAsset';
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

export async function getAsset(assetId: string, deadlineMs: number, deps: CallDeps): Promise<Asset | null> {
  // MDES has none of such an id, and it must not get into a path.
  if (!isAssetId(assetId)) return null;
  const answer = await call(
    {
      operation: OPERATION,
      path: `/issuer-assets/1/0/asset/tokenrequestor/${assetId}`,
      deadlineMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    },
    deps,
  );
  if (hasNoSuchAsset(answer)) return null;
  return toAsset(assetId, parseSuccess(AssetAnswer, OPERATION, answer));
}

/** Only in MDES's own words: the 404 of a wrong base URL or of a proxy says nothing about assets. */
function hasNoSuchAsset({ status, json }: JsonAnswer): boolean {
  const reason = mdesReason(json);
  if (reason === null) return false;
  return status === 404 || (status === 400 && reason.reasonCode.startsWith('INVALID_FIELD_'));
}
