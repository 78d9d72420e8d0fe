/** A token requestor of the simulator: what MDES tells of it, and what MDES knows besides. */
import type { AccountProduct, Issuer, KnownRange } from './account-ranges.js';
import type { LogoName } from './logo-drawings.js';

interface PushMethod {
  readonly type: string;
  readonly uri: string;
}

/** Members that are absent here are absent in the answer. */
export interface CatalogueEntry {
  readonly tokenRequestorId: string;
  readonly name: string;
  readonly consumerFacingEntityName: string;
  readonly imageAssetId: string;
  readonly tokenRequestorType: 'WALLET' | 'MERCHANT';
  readonly walletId?: string;
  readonly supportedPushMethods: readonly string[];
  readonly supportsMultiplePushedCards: boolean;
  readonly supportedAccountHolderData: readonly string[];
  readonly supportsCardHolderAuthentication?: boolean;
  /** A URI that begins with a slash is a page of the simulator itself. */
  readonly availablePushMethods?: readonly PushMethod[];
  readonly supportIssuerInitiatedDigitizationData?: boolean;
  /** Told in the answer to a push. */
  readonly tokenRequestorSignatureSupport?: boolean;
  /** Told to nobody: whether it may start a push itself (pull provisioning). */
  readonly pullsCards?: boolean;
  readonly enabledFor: { readonly issuers: readonly Issuer[]; readonly products?: readonly AccountProduct[] };
  readonly logo: LogoName;
  /** An SVG that is shown instead. */
  readonly ownLogo?: string;
}

export function isEnabledFor({ enabledFor }: CatalogueEntry, range: KnownRange): boolean {
  return enabledFor.issuers.includes(range.issuer) && (enabledFor.products?.includes(range.product) ?? true);
}

/** As MDES tells them: the simulator's own pages with the address at which browsers find it. */
export function pushMethodsAt(
  walletsUrl: string,
  { availablePushMethods }: CatalogueEntry,
): readonly PushMethod[] | undefined {
  return availablePushMethods?.map(({ type, uri }) => ({
    type,
    uri: uri.startsWith('/') ? walletsUrl + uri : uri,
  }));
}
