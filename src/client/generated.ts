/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { type GraphQLClient, type RequestOptions } from 'graphql-request';
import type { DocumentNode } from 'graphql';
type GraphQLClientRequestHeaders = RequestOptions['requestHeaders'];
/** Personal data of the account holder that can go along with a card, so that it need not be typed. */
export type AccountHolderDataItem =
  /** The billing address. */
  | 'ADDRESS'
  /** The e-mail address. */
  | 'EMAIL_ADDRESS'
  /** The mobile phone number with its country code. */
  | 'MOBILE_PHONE_NUMBER'
  /** The name, as on the card. */
  | 'NAME';

/** What the money comes from. */
export type FundingAccountKind =
  /** A credit, debit or Maestro card. */
  | 'CARD'
  /** A bank account that can be paid with (Pay with Bank Account). */
  | 'FINANCIAL_ACCOUNT';

/** The state of a card or account at the bank. */
export type FundingAccountStatus =
  /** Can be pushed. */
  | 'ACTIVE'
  /** Closed for good; cannot be pushed. */
  | 'CLOSED'
  /** Blocked for now; cannot be pushed. */
  | 'SUSPENDED';

/** Where the account holder is when the push is handed over to the wallet or merchant. */
export type Platform =
  /** An Android device: the URL is opened with an ACTION_VIEW intent. */
  | 'ANDROID'
  /** An iPhone or iPad: the URL is a universal link or an app scheme. */
  | 'IOS'
  /** A browser on any device; also the fallback for the other two. */
  | 'WEB';

/** What to push, and to whom. */
export type PushCardInput = {
  /** Personal data to send along: items of `supportedAccountHolderData` only. None unless named. */
  accountHolderData?: Array<AccountHolderDataItem> | null | undefined;
  /** Where the wallet or merchant sends the account holder back to: an absolute URL, or a URL of your app, up to 256 characters, that the operators of this gateway have allowed. */
  callbackUrl?: string | null | undefined;
  /** The cards and accounts: each an `id` of `fundingAccounts`. One, or up to five where the requestor takes several. */
  fundingAccountIds: Array<string>;
  /** A key of your own, 1 to 255 printable ASCII characters without blanks, best a UUID: a new one each time that the account holder taps, the same one when you repeat a request. The same key with the same input gives the same push, which is sent once; with other input it is KEY_REUSED. */
  idempotencyKey: string;
  /** The language and country that the wallet should show itself in, like `en_US`. */
  locale?: string | null | undefined;
  /** Where the account holder is. Given, the push is refused when the requestor cannot be reached there. */
  platform?: Platform | null | undefined;
  /** For how many minutes the receipts are good: 5 to 15. */
  pushAccountReceiptsValidityPeriod?: number | null | undefined;
  /** Ask for digitization data, which your app hands to the wallet itself. Only where `supportsIssuerInitiatedDigitizationData` is true. */
  requestIssuerInitiatedDigitizationData?: boolean | null | undefined;
  /** The wallet or merchant: an `id` of `tokenRequestors`. */
  tokenRequestorId: string;
};

/** What became of a pushed account at the wallet or merchant, in Mastercard's words. */
export type PushOutcome =
  /** The card is in the wallet. */
  | 'APPROVED'
  /** The account holder has been authenticated after the card had arrived. */
  | 'AUTHENTICATED'
  /** The account holder, or the wallet, gave up. */
  | 'CANCELLED'
  /** The bank or Mastercard declined the card. */
  | 'DECLINED'
  /** The card was taken out again. */
  | 'DELETED'
  /** The wallet had this card already. */
  | 'DUPLICATE_REQUEST'
  /** Something went wrong at the wallet. */
  | 'ERROR'
  /** The card is in the wallet, but the bank must still activate it. */
  | 'REQUIRE_ADDITIONAL_AUTHENTICATION';

/** Why a push, or an account of a push, was refused. New codes may be added: go by `retryRule` for those, and show `accountHolderText`. */
export type PushRefusalCode =
  /**
   * The card store does not hold an item of accountHolderData for this account holder.
   *
   * What to do: The bank does not have one of the named items of accountHolderData. Leave it out and push again.
   */
  | 'ACCOUNT_HOLDER_DATA_MISSING'
  /**
   * An item of accountHolderData is not among the requestor's supportedAccountHolderData.
   *
   * What to do: This wallet or merchant does not take one of the named items of accountHolderData. Name only items of supportedAccountHolderData.
   */
  | 'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED'
  /**
   * MDES says that the account is not eligible.
   *
   * What to do: Mastercard does not accept this card or account for digital wallets. Offer another one.
   */
  | 'ACCOUNT_INELIGIBLE'
  /**
   * The token requestor exists but is not enabled for the account's range.
   *
   * What to do: This wallet or merchant does not take this card or account. Offer those of FundingAccount.tokenRequestors.
   */
  | 'ACCOUNT_RANGE_NOT_ENABLED'
  /**
   * callbackUrl is not an absolute URL of a site or app that the gateway is configured for.
   *
   * What to do: The callbackUrl is not on this gateway's list. Ask its operators to add it (CALLBACK_ALLOWLIST).
   */
  | 'CALLBACK_URL_NOT_ALLOWED'
  /**
   * Digitization data was asked for, but supportsIssuerInitiatedDigitizationData of the requestor is false.
   *
   * What to do: This wallet or merchant takes no digitization data. Push without it and open one of the handOffs instead.
   */
  | 'DIGITIZATION_DATA_NOT_SUPPORTED'
  /**
   * The expiry date of the card lies in the past.
   *
   * What to do: The card has expired. Offer the account holder the card that replaces it.
   */
  | 'FUNDING_ACCOUNT_EXPIRED'
  /**
   * The card or account is suspended or closed at the issuer.
   *
   * What to do: The card or account is suspended or closed. Offer only those whose status is ACTIVE.
   */
  | 'FUNDING_ACCOUNT_NOT_ACTIVE'
  /**
   * The account holder has no such card or account; somebody else's is answered the same way.
   *
   * What to do: No such card or account of this account holder. Take an id from fundingAccounts.
   */
  | 'FUNDING_ACCOUNT_NOT_FOUND'
  /**
   * MDES reports a failure of its own; nothing was pushed.
   *
   * What to do: Mastercard could not process it just now. Push again: with the same idempotencyKey where retryable is true, else with a new one.
   */
  | 'MDES_INTERNAL_FAILURE'
  /**
   * Several accounts were named for a requestor that takes one: supportsMultiplePushedCards is false, or supportsCardHolderAuthentication is true.
   *
   * What to do: This wallet or merchant takes one card or account at a time. Push them one after the other.
   */
  | 'MULTIPLE_ACCOUNTS_NOT_SUPPORTED'
  /**
   * Neither the platform nor WEB is among the requestor's supportedPushMethods.
   *
   * What to do: This wallet or merchant cannot be reached from this platform. Offer it only where supportedPushMethods holds the platform, or WEB.
   */
  | 'PLATFORM_NOT_SUPPORTED'
  /**
   * MDES refused for the reason in reasonCode; nothing was pushed.
   *
   * What to do: Mastercard refused the push. reasonCode says why; tell the operators of this gateway.
   */
  | 'REFUSED_BY_MDES'
  /**
   * No token requestor of this id is enabled for any of the issuer's account ranges.
   *
   * What to do: No such wallet or merchant. Take an id from tokenRequestors.
   */
  | 'TOKEN_REQUESTOR_NOT_FOUND'
  /**
   * More than five accounts were named.
   *
   * What to do: A push takes at most 5 cards or accounts. Push the others afterwards.
   */
  | 'TOO_MANY_ACCOUNTS';

/** Where a push stands. */
export type PushStatus =
  /** An account has arrived, but the bank must still activate it: lead the account holder through your activation. */
  | 'ACTION_REQUIRED'
  /** The account holder or the wallet gave up. Push again with a new idempotencyKey if still wanted. */
  | 'CANCELLED'
  /** Every account has arrived at the wallet or merchant. Done. */
  | 'COMPLETED'
  /** The bank or Mastercard declined at the wallet. Offer another card. */
  | 'DECLINED'
  /** The receipts have expired and are gone. Push again with a new idempotencyKey if still wanted. */
  | 'EXPIRED'
  /** Mastercard refused every account (each says why and what to do), or the wallet could not take any. Nothing has arrived. */
  | 'FAILED'
  /** Your app has handed it over (`recordHandOff`); what became of it is not known yet. */
  | 'HANDED_OFF'
  /** Being sent right now. Ask again with `push(id)` in a second; null then means that it was not sent after all. */
  | 'IN_PROGRESS'
  /** Some accounts have arrived; the `outcome` or `refusal` of the others says what became of them. */
  | 'PARTIALLY_COMPLETED'
  /** At least one account was pushed. Hand it over before `expiresAt`. */
  | 'READY'
  /** It was sent, but no clear answer came back. It is never sent again by itself. Ask the account holder to look into the wallet; if the card is not there, push again with a new idempotencyKey. */
  | 'UNKNOWN';

/** What kind of company takes the card. */
export type TokenRequestorType =
  /** A single shop or service that keeps the card on file. */
  | 'MERCHANT'
  /** A wallet, or a platform through which many shops are paid. */
  | 'WALLET';

export type TokenRequestorsQueryVariables = Exact<{
  accountRanges?: Array<string> | string | null | undefined;
}>;


export type TokenRequestorsQuery = { tokenRequestors: Array<{ id: string, name: string, consumerFacingEntityName: string, type: TokenRequestorType, walletId: string | null, imageAssetId: string | null, enabledAccountRanges: Array<string>, supportedPushMethods: Array<Platform>, supportsMultiplePushedCards: boolean, supportedAccountHolderData: Array<AccountHolderDataItem>, supportsCardHolderAuthentication: boolean, supportsIssuerInitiatedDigitizationData: boolean, logo: { id: string, svgUrl: string, pngUrl: string } | null }> | null };

export type TokenRequestorQueryVariables = Exact<{
  id: string;
}>;


export type TokenRequestorQuery = { tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType } | null };

export type AssetQueryVariables = Exact<{
  id: string;
}>;


export type AssetQuery = { asset: { id: string, svgUrl: string, pngUrl: string, mediaContents: Array<{ type: string, data: string, width: number | null, height: number | null }> } | null };

export type FundingAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type FundingAccountsQuery = { fundingAccounts: Array<{ id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null, accountRange: string, tokenRequestors: Array<{ id: string, consumerFacingEntityName: string, type: TokenRequestorType }> | null }> | null };

export type PushCardMutationVariables = Exact<{
  input: PushCardInput;
}>;


export type PushCardMutation = { pushCard:
    | { __typename: 'Push', id: string, status: PushStatus, createdAt: string, expiresAt: string | null, tokenRequestor: { id: string, consumerFacingEntityName: string } | null, accounts: Array<{ fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, refusal: { code: PushRefusalCode, message: string, retryable: boolean, reasonCode: string | null, fundingAccountIds: Array<string> } | null }>, handOffs: Array<{ platform: Platform, url: string }> }
    | { __typename: 'PushRefusal', code: PushRefusalCode, message: string, retryable: boolean, reasonCode: string | null, fundingAccountIds: Array<string> }
   | null };

export type PushQueryVariables = Exact<{
  id: string;
}>;


export type PushQuery = { push: { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, tokenRequestor: { id: string, consumerFacingEntityName: string } | null, accounts: Array<{ fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, refusal: { code: PushRefusalCode, message: string, retryable: boolean, reasonCode: string | null, fundingAccountIds: Array<string> } | null }>, handOffs: Array<{ platform: Platform, url: string }> } | null };

export type PushFieldsFragment = { id: string, status: PushStatus, createdAt: string, expiresAt: string | null, tokenRequestor: { id: string, consumerFacingEntityName: string } | null, accounts: Array<{ fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, refusal: { code: PushRefusalCode, message: string, retryable: boolean, reasonCode: string | null, fundingAccountIds: Array<string> } | null }>, handOffs: Array<{ platform: Platform, url: string }> };

export type RefusalFieldsFragment = { code: PushRefusalCode, message: string, retryable: boolean, reasonCode: string | null, fundingAccountIds: Array<string> };

export const RefusalFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"reasonCode"}},{"kind":"Field","name":{"kind":"Name","value":"fundingAccountIds"}}]}}]} as unknown as DocumentNode;
export const PushFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Push"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"tokenRequestor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fundingAccountId"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"pushAccountReceipt"}},{"kind":"Field","name":{"kind":"Name","value":"issuerInitiatedDigitizationData"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"handOffs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"reasonCode"}},{"kind":"Field","name":{"kind":"Name","value":"fundingAccountIds"}}]}}]} as unknown as DocumentNode;
export const TokenRequestorsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TokenRequestors"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountRanges"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AccountRange"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokenRequestors"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountRanges"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountRanges"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"walletId"}},{"kind":"Field","name":{"kind":"Name","value":"imageAssetId"}},{"kind":"Field","name":{"kind":"Name","value":"enabledAccountRanges"}},{"kind":"Field","name":{"kind":"Name","value":"supportedPushMethods"}},{"kind":"Field","name":{"kind":"Name","value":"supportsMultiplePushedCards"}},{"kind":"Field","name":{"kind":"Name","value":"supportedAccountHolderData"}},{"kind":"Field","name":{"kind":"Name","value":"supportsCardHolderAuthentication"}},{"kind":"Field","name":{"kind":"Name","value":"supportsIssuerInitiatedDigitizationData"}},{"kind":"Field","name":{"kind":"Name","value":"logo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"svgUrl"}},{"kind":"Field","name":{"kind":"Name","value":"pngUrl"}}]}}]}}]}}]} as unknown as DocumentNode;
export const TokenRequestorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TokenRequestor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tokenRequestor"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}}]} as unknown as DocumentNode;
export const AssetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Asset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"asset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"svgUrl"}},{"kind":"Field","name":{"kind":"Name","value":"pngUrl"}},{"kind":"Field","name":{"kind":"Name","value":"mediaContents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]} as unknown as DocumentNode;
export const FundingAccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FundingAccounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fundingAccounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"artUrl"}},{"kind":"Field","name":{"kind":"Name","value":"accountRange"}},{"kind":"Field","name":{"kind":"Name","value":"tokenRequestors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]}}]}}]} as unknown as DocumentNode;
export const PushCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PushCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PushCardInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pushCard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Push"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PushFields"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Push"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"tokenRequestor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fundingAccountId"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"pushAccountReceipt"}},{"kind":"Field","name":{"kind":"Name","value":"issuerInitiatedDigitizationData"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"handOffs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"reasonCode"}},{"kind":"Field","name":{"kind":"Name","value":"fundingAccountIds"}}]}}]} as unknown as DocumentNode;
export const PushDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Push"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"push"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PushFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Push"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"tokenRequestor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"consumerFacingEntityName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fundingAccountId"}},{"kind":"Field","name":{"kind":"Name","value":"lastFour"}},{"kind":"Field","name":{"kind":"Name","value":"pushAccountReceipt"}},{"kind":"Field","name":{"kind":"Name","value":"issuerInitiatedDigitizationData"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"refusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RefusalFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"handOffs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RefusalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"reasonCode"}},{"kind":"Field","name":{"kind":"Name","value":"fundingAccountIds"}}]}}]} as unknown as DocumentNode;

export type SdkFunctionWrapper = <T>(action: (requestHeaders?:Record<string, string>) => Promise<T>, operationName: string, operationType?: string, variables?: any) => Promise<T>;


const defaultWrapper: SdkFunctionWrapper = (action, _operationName, _operationType, _variables) => action();

export function getSdk(client: GraphQLClient, withWrapper: SdkFunctionWrapper = defaultWrapper) {
  return {
    TokenRequestors(variables: TokenRequestorsQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TokenRequestorsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TokenRequestorsQuery>({ document: TokenRequestorsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'TokenRequestors', 'query', variables);
    },
    TokenRequestor(variables: TokenRequestorQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TokenRequestorQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TokenRequestorQuery>({ document: TokenRequestorDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'TokenRequestor', 'query', variables);
    },
    Asset(variables: AssetQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<AssetQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<AssetQuery>({ document: AssetDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Asset', 'query', variables);
    },
    FundingAccounts(variables: FundingAccountsQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<FundingAccountsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<FundingAccountsQuery>({ document: FundingAccountsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'FundingAccounts', 'query', variables);
    },
    PushCard(variables: PushCardMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushCardMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushCardMutation>({ document: PushCardDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'PushCard', 'mutation', variables);
    },
    Push(variables: PushQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushQuery>({ document: PushDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Push', 'query', variables);
    }
  };
}
export type Sdk = ReturnType<typeof getSdk>;