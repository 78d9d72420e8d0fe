/** The fields whose answers may be kept for others: nothing of an account holder, a push or the clock is in them. Any other is private. */

/** By type and field. Of `tokenRequestors` the holder decides over nothing but the account ranges: see answer-basis.ts. */
export const PUBLIC_FIELDS: ReadonlySet<string> = new Set([
  'Query.tokenRequestors',
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
]);

/** Their arguments that mean the same for everybody. With any other the ids of the holder's accounts count too, not only their ranges. */
export const PUBLIC_ARGUMENTS: ReadonlySet<string> = new Set(['accountRanges', 'filter']);
