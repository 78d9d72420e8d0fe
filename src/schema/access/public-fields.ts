/** The fields whose answers may be kept for others: nothing of an account holder or a push is in them. Any other is private. */

/** By type and field. Of `tokenRequestors` the holder decides over nothing but the account ranges: see answer-basis.ts. */
export const PUBLIC_FIELDS: ReadonlySet<string> = new Set([
  'Query.tokenRequestors',
  'Query.tokenRequestor',
  'Query.asset',
  'Query.catalogue',
  'TokenRequestor.id',
  'TokenRequestor.name',
  'TokenRequestor.consumerFacingEntityName',
  'TokenRequestor.type',
  'TokenRequestor.walletId',
  'TokenRequestor.imageAssetId',
  'TokenRequestor.logo',
  'TokenRequestor.enabledAccountRanges',
  'TokenRequestor.supportedPushMethods',
  'TokenRequestor.supportsMultiplePushedCards',
  'TokenRequestor.supportedAccountHolderData',
  'TokenRequestor.supportsCardHolderAuthentication',
  'TokenRequestor.supportsIssuerInitiatedDigitizationData',
  'Asset.id',
  'Asset.svgUrl',
  'Asset.pngUrl',
  'Asset.mediaContents',
  'MediaContent.type',
  'MediaContent.data',
  'MediaContent.width',
  'MediaContent.height',
  'Catalogue.asOf',
  'Catalogue.stale',
  'Catalogue.nextRefreshAt',
  'Catalogue.tokenRequestorCount',
]);

/** Their arguments that mean the same for everybody. With any other the ids of the holder's accounts count too, not only their ranges. */
export const PUBLIC_ARGUMENTS: ReadonlySet<string> = new Set([
  'Query.tokenRequestors.accountRanges',
  'Query.tokenRequestors.filter',
  'Query.tokenRequestor.id',
  'Query.asset.id',
]);
