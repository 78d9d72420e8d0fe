/** Where the three operations are, from the simulator's root. */
import type { Operation } from './operation.js';

export const OPERATION_PATHS: Readonly<Record<Operation, string>> = {
  getEligibleTokenRequestors: '/connect/1/0/getEligibleTokenRequestors',
  getAsset: '/issuer-assets/1/0/asset/tokenrequestor/{AssetId}',
  pushMultipleAccounts: '/connect/1/0/pushMultipleAccounts',
};

const ASSET = /^\/issuer-assets\/1\/0\/asset\/tokenrequestor\/[^/]+$/;

/** Paths are taken as they were sent: MDES is case-sensitive. */
export function operationAt(path: string): Operation | undefined {
  if (path === OPERATION_PATHS.getEligibleTokenRequestors) return 'getEligibleTokenRequestors';
  if (path === OPERATION_PATHS.pushMultipleAccounts) return 'pushMultipleAccounts';
  return ASSET.test(path) ? 'getAsset' : undefined;
}
