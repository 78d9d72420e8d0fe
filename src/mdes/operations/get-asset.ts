/** Operation getAsset: a logo by its id. */
import { type Asset, isAssetId } from '../../domain/asset.js';
import { call } from '../http/call.js';
import type { JsonAnswer } from '../http/failures.js';
import { BrokenAsset } from '../mdes-error.js';
import { AssetAnswer, toAsset } from '../wire/asset-answer.js';
import { mdesReason } from '../wire/error-answer.js';
import { Omissions } from '../wire/known-values.js';
import type { ReadDeps } from './read-guard.js';
import { parseSuccess } from './success.js';

const OPERATION = 'getAsset';
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

export async function getAsset(assetId: string, deps: ReadDeps): Promise<Asset | null> {
  // MDES has none of such an id, and it must not get into a path.
  if (!isAssetId(assetId)) return null;
  return deps.guard.read(OPERATION, (deadlineMs) => askOnce(assetId, deadlineMs, deps));
}

async function askOnce(assetId: string, deadlineMs: number, deps: ReadDeps): Promise<Asset | null> {
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
  const omissions = new Omissions();
  const asset = toAsset(assetId, parseSuccess(AssetAnswer, OPERATION, answer), omissions);
  const { notes } = omissions;
  if (notes.length > 0)
    deps.log.warn({ operation: OPERATION, assetId, omitted: notes }, 'left out parts of a logo');
  if (asset === undefined) throw new BrokenAsset(`${OPERATION}: no picture in the answer`);
  return asset;
}

/** Only in MDES's own words: the 404 of a wrong base URL or of a proxy says nothing about assets. */
function hasNoSuchAsset({ status, json }: JsonAnswer): boolean {
  const reason = mdesReason(json);
  if (reason === null) return false;
  return status === 404 || (status === 400 && reason.reasonCode.startsWith('INVALID_FIELD_'));
}
