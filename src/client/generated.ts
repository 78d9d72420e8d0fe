/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { type GraphQLClient, type RequestOptions } from 'graphql-request';
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

/** What became of one account of a push, as your app was told. */
export type AccountOutcomeInput = {
  /** An account of the push. */
  fundingAccountId: string;
  /** What the wallet said, in the word that comes closest. */
  outcome: PushOutcome;
};

/** Whether a card or account can be pushed to a wallet or merchant. */
export type EligibilityStatus =
  /** No rule of this gateway stands against it. Mastercard may still refuse the account itself. */
  | 'ELIGIBLE'
  /** `pushCard` would refuse it: `refusal` says why, and what to do. */
  | 'NOT_ELIGIBLE';

/** What to offer the account holder when a push is over. */
export type FollowUp =
  /** Your own activation: a card has arrived, and the bank must still activate it. */
  | 'ACTIVATE'
  /** A look into the wallet: nobody knows whether the card is there. Offer another push (with a new `idempotencyKey`) only when she says that it is not. */
  | 'CHECK_WALLET'
  /** Another card or account: this one is not taken. */
  | 'OTHER_ACCOUNT'
  /** Another push of the same, with a new `idempotencyKey`. */
  | 'PUSH_AGAIN';

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

/** How sure an outcome is. */
export type OutcomeCertainty =
  /** Nobody said so: it was concluded from what was said about the others. */
  | 'INFERRED'
  /** The wallet or merchant said so, through the browser or your app. It is not signed: a strong hint, no proof. */
  | 'REPORTED';

/** Where the account holder is when the push is handed off to the wallet or merchant. */
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
  /** The language and country that the wallet should show itself in, as a BCP 47 tag like `en-US`, or as `en_US`. A tag without a country, like `de`, gets the one where the language is spoken most. */
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
   * The operators have stopped the pushes of this account holder, those to this token requestor, or all.
   *
   * What to do: The bank has stopped such pushes for now. Offer it again when its operators have lifted that; they see why with npm run hold.
   */
  | 'PUSHES_STOPPED'
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
  /** Your app has handed it off (`recordHandOff`), or the account holder has come back from there; what became of it is not known yet. */
  | 'HANDED_OFF'
  /** Being sent right now. Ask again with `push(id)` in a second; null then means that it was not sent after all. */
  | 'IN_PROGRESS'
  /** Some accounts have arrived; the `outcome` or `refusal` of the others says what became of them. */
  | 'PARTIALLY_COMPLETED'
  /** At least one account was pushed. Hand it off before `expiresAt`. */
  | 'READY'
  /** It was sent, but no clear answer came back. It is never sent again by itself. Ask the account holder to look into the wallet; if the card is not there, push again with a new idempotencyKey. */
  | 'UNKNOWN';

/** Who can mend what a push was refused for. */
export type RefusalOwner =
  /** The account holder: she takes another card, or asks the bank. */
  | 'ACCOUNT_HOLDER'
  /** The app: it asked for what the gateway did not offer. */
  | 'CHANNEL'
  /** The operators of this gateway at the bank. */
  | 'ISSUER_OPERATIONS'
  /** Mastercard. */
  | 'MDES';

/** When a request may succeed that was refused. */
export type RefusalRetryRule =
  /** Only once what `message` names has been changed; take a new `idempotencyKey` then. */
  | 'AFTER_CHANGE'
  /** Never: offer something else. */
  | 'NEVER'
  /** Later, with a new `idempotencyKey`: this one is settled. */
  | 'NEW_KEY'
  /** Later, with the same `idempotencyKey`. */
  | 'SAME_KEY';

/** Which wallets and merchants to list: those that fit everything that is given here. */
export type TokenRequestorFilter = {
  /** Only those with this text, up to 100 characters, somewhere in `consumerFacingEntityName` or `name`. Capital letters, accents and full-width letters make no difference: "elan" finds "Café Élan". Blank: all. */
  name?: string | null | undefined;
  /** Only those that a card can be handed off to from there: by a URL for this platform or for the web, or by your app itself, with digitization data. */
  platform?: Platform | null | undefined;
  /** Only wallets, or only merchants. */
  type?: TokenRequestorType | null | undefined;
};

/** What kind of company takes the card. */
export type TokenRequestorType =
  /** A single shop or service that keeps the card on file. */
  | 'MERCHANT'
  /** A wallet, or a platform through which many shops are paid. */
  | 'WALLET';

export type CatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogueQuery = { catalogue: { asOf: string | null, stale: boolean, nextRefreshAt: string | null, tokenRequestorCount: number } | null };

export type PickerQueryVariables = Exact<{
  fundingAccountIds?: Array<string> | string | null | undefined;
  filter?: TokenRequestorFilter | null | undefined;
}>;


export type PickerQuery = { tokenRequestors: Array<{ supportsIssuerInitiatedDigitizationData: boolean, supportsMultiplePushedCards: boolean, supportedAccountHolderData: Array<AccountHolderDataItem>, id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }> | null };

export type EligibilityQueryVariables = Exact<{
  fundingAccountIds?: Array<string> | string | null | undefined;
  tokenRequestorIds?: Array<string> | string | null | undefined;
  filter?: TokenRequestorFilter | null | undefined;
  onlyEligible?: boolean | null | undefined;
  platform?: Platform | null | undefined;
  requestIssuerInitiatedDigitizationData?: boolean | null | undefined;
  accountHolderData?: Array<AccountHolderDataItem> | AccountHolderDataItem | null | undefined;
}>;


export type EligibilityQuery = { fundingAccounts: Array<{ id: string, eligibility: Array<{ status: EligibilityStatus, maximumAccounts: number, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }> | null }> | null };

export type ConsentQueryVariables = Exact<{
  fundingAccountIds?: Array<string> | string | null | undefined;
  tokenRequestorId: string;
  platform?: Platform | null | undefined;
}>;


export type ConsentQuery = { fundingAccounts: Array<{ id: string, label: string, lastFour: string, eligibility: Array<{ status: EligibilityStatus, maximumAccounts: number, tokenRequestor: { supportsIssuerInitiatedDigitizationData: boolean, supportedAccountHolderData: Array<AccountHolderDataItem>, id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null, accountHolderDataPreview: { name: string | null, emailAddress: string | null, missing: Array<AccountHolderDataItem>, address: { line1: string | null, line2: string | null, city: string | null, countrySubdivision: string | null, postalCode: string | null, country: string | null } | null, mobilePhoneNumber: { countryDialInCode: string, phoneNumber: string } | null } | null }> | null }> | null };

export type AccountHolderDataPreviewQueryVariables = Exact<{
  items: Array<AccountHolderDataItem> | AccountHolderDataItem;
}>;


export type AccountHolderDataPreviewQuery = { fundingAccounts: Array<{ id: string, accountHolderDataPreview: { name: string | null, emailAddress: string | null, missing: Array<AccountHolderDataItem>, address: { line1: string | null, line2: string | null, city: string | null, countrySubdivision: string | null, postalCode: string | null, country: string | null } | null, mobilePhoneNumber: { countryDialInCode: string, phoneNumber: string } | null } | null }> | null };

export type PushAndHandOffMutationVariables = Exact<{
  input: PushCardInput;
}>;


export type PushAndHandOffMutation = { pushCard:
    | { __typename: 'Push', id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
        | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
        | { __typename: 'DoneStep', followUp: FollowUp | null }
        | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
        | { __typename: 'WaitStep', askAgainAfter: number }
       | null }
    | { __typename: 'PushRefusal', code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string }
   | null };

export type FollowPushQueryVariables = Exact<{
  id: string;
}>;


export type FollowPushQuery = { push: { id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type RecordHandOffMutationVariables = Exact<{
  pushId: string;
  platform: Platform;
}>;


export type RecordHandOffMutation = { recordHandOff: { id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type RecordOutcomeMutationVariables = Exact<{
  pushId: string;
  outcomes: Array<AccountOutcomeInput> | AccountOutcomeInput;
}>;


export type RecordOutcomeMutation = { recordOutcome: { id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type RecordPushCallbackMutationVariables = Exact<{
  pushId: string;
  url: string;
}>;


export type RecordPushCallbackMutation = { recordPushCallback: { id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
      | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
      | { __typename: 'DoneStep', followUp: FollowUp | null }
      | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
      | { __typename: 'WaitStep', askAgainAfter: number }
     | null } | null };

export type PushesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PushesQuery = { pushes: { nodes: Array<{ id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string | null, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, fundingAccount: { id: string, label: string, lastFour: string, kind: FundingAccountKind, artUrl: string | null } | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type FollowedPushFragment = { id: string, status: PushStatus, accountHolderText: string, accountHolderTextLanguage: string, createdAt: string, expiresAt: string | null, tokenRequestorId: string, tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null } | null, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, handOffs: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }>, nextStep:
    | { __typename: 'DigitizationDataStep', sdk: string | null, expiresAt: string, accounts: Array<{ id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null }>, links: Array<{ platform: Platform, url: string, recommended: boolean, fundingAccountId: string | null }> }
    | { __typename: 'DoneStep', followUp: FollowUp | null }
    | { __typename: 'OpenUrlStep', url: string, platform: Platform, expiresAt: string }
    | { __typename: 'WaitStep', askAgainAfter: number }
   | null };

export type FollowedAccountFragment = { id: string, fundingAccountId: string, lastFour: string, pushAccountReceipt: string | null, issuerInitiatedDigitizationData: string | null, outcome: PushOutcome | null, outcomeCertainty: OutcomeCertainty | null, accountHolderText: string | null, accountHolderTextLanguage: string | null, refusal: { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string } | null };

export type ShownAccountFragment = { id: string, label: string, lastFour: string, kind: FundingAccountKind, artUrl: string | null };

export type ShownRequestorFragment = { id: string, consumerFacingEntityName: string, type: TokenRequestorType, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null };

export type ShownHolderDataFragment = { name: string | null, emailAddress: string | null, missing: Array<AccountHolderDataItem>, address: { line1: string | null, line2: string | null, city: string | null, countrySubdivision: string | null, postalCode: string | null, country: string | null } | null, mobilePhoneNumber: { countryDialInCode: string, phoneNumber: string } | null };

export type RefusalTextFragment = { code: PushRefusalCode, owner: RefusalOwner, retryRule: RefusalRetryRule, accountHolderText: string, accountHolderTextLanguage: string };

export type TokenRequestorsQueryVariables = Exact<{
  accountRanges?: Array<string> | string | null | undefined;
}>;


export type TokenRequestorsQuery = { tokenRequestors: Array<{ id: string, name: string, consumerFacingEntityName: string, type: TokenRequestorType, walletId: string | null, imageAssetId: string | null, enabledAccountRanges: Array<string>, supportedPushMethods: Array<Platform>, supportsMultiplePushedCards: boolean, supportedAccountHolderData: Array<AccountHolderDataItem>, supportsCardHolderAuthentication: boolean, supportsIssuerInitiatedDigitizationData: boolean, logo: { id: string, svgUrl: string | null, pngUrl: string | null } | null }> | null };

export type TokenRequestorQueryVariables = Exact<{
  id: string;
}>;


export type TokenRequestorQuery = { tokenRequestor: { id: string, consumerFacingEntityName: string, type: TokenRequestorType } | null };

export type AssetQueryVariables = Exact<{
  id: string;
}>;


export type AssetQuery = { asset: { id: string, svgUrl: string | null, pngUrl: string | null, mediaContents: Array<{ type: string, data: string, width: number | null, height: number | null }> } | null };

export type FundingAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type FundingAccountsQuery = { fundingAccounts: Array<{ id: string, kind: FundingAccountKind, label: string, lastFour: string, status: FundingAccountStatus, artUrl: string | null, tokenRequestors: Array<{ id: string, consumerFacingEntityName: string, type: TokenRequestorType }> | null }> | null };

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

export const CatalogueDocument = `query Catalogue {
  catalogue {
    asOf
    stale
    nextRefreshAt
    tokenRequestorCount
  }
}`;
export const PickerDocument = `query Picker($fundingAccountIds: [ID!], $filter: TokenRequestorFilter) {
  tokenRequestors(fundingAccountIds: $fundingAccountIds, filter: $filter) {
    ...ShownRequestor
    supportsIssuerInitiatedDigitizationData
    supportsMultiplePushedCards
    supportedAccountHolderData
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}`;
export const EligibilityDocument = `query Eligibility($fundingAccountIds: [ID!], $tokenRequestorIds: [ID!], $filter: TokenRequestorFilter, $onlyEligible: Boolean, $platform: Platform, $requestIssuerInitiatedDigitizationData: Boolean, $accountHolderData: [AccountHolderDataItem!]) {
  fundingAccounts(ids: $fundingAccountIds) {
    id
    eligibility(
      tokenRequestorIds: $tokenRequestorIds
      filter: $filter
      onlyEligible: $onlyEligible
      platform: $platform
      requestIssuerInitiatedDigitizationData: $requestIssuerInitiatedDigitizationData
      accountHolderData: $accountHolderData
    ) {
      tokenRequestor {
        ...ShownRequestor
      }
      status
      maximumAccounts
      refusal {
        ...RefusalText
      }
    }
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const ConsentDocument = `query Consent($fundingAccountIds: [ID!], $tokenRequestorId: ID!, $platform: Platform) {
  fundingAccounts(ids: $fundingAccountIds) {
    id
    label
    lastFour
    eligibility(tokenRequestorIds: [$tokenRequestorId], platform: $platform) {
      tokenRequestor {
        ...ShownRequestor
        supportsIssuerInitiatedDigitizationData
        supportedAccountHolderData
      }
      status
      maximumAccounts
      refusal {
        ...RefusalText
      }
      accountHolderDataPreview {
        ...ShownHolderData
      }
    }
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment ShownHolderData on AccountHolderDataPreview {
  name
  address {
    line1
    line2
    city
    countrySubdivision
    postalCode
    country
  }
  emailAddress
  mobilePhoneNumber {
    countryDialInCode
    phoneNumber
  }
  missing
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const AccountHolderDataPreviewDocument = `query AccountHolderDataPreview($items: [AccountHolderDataItem!]!) {
  fundingAccounts {
    id
    accountHolderDataPreview(items: $items) {
      ...ShownHolderData
    }
  }
}

fragment ShownHolderData on AccountHolderDataPreview {
  name
  address {
    line1
    line2
    city
    countrySubdivision
    postalCode
    country
  }
  emailAddress
  mobilePhoneNumber {
    countryDialInCode
    phoneNumber
  }
  missing
}`;
export const PushAndHandOffDocument = `mutation PushAndHandOff($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push {
      ...FollowedPush
    }
    ... on PushRefusal {
      ...RefusalText
    }
  }
}

fragment FollowedPush on Push {
  id
  status
  accountHolderText
  accountHolderTextLanguage
  createdAt
  expiresAt
  tokenRequestorId
  tokenRequestor {
    ...ShownRequestor
  }
  accounts {
    ...FollowedAccount
  }
  handOffs {
    platform
    url
    recommended
    fundingAccountId
  }
  nextStep {
    __typename
    ... on OpenUrlStep {
      url
      platform
      expiresAt
    }
    ... on DigitizationDataStep {
      sdk
      expiresAt
      accounts {
        ...FollowedAccount
      }
      links {
        platform
        url
        recommended
        fundingAccountId
      }
    }
    ... on WaitStep {
      askAgainAfter
    }
    ... on DoneStep {
      followUp
    }
  }
}

fragment FollowedAccount on PushedAccount {
  id
  fundingAccountId
  lastFour
  pushAccountReceipt
  issuerInitiatedDigitizationData
  outcome
  outcomeCertainty
  accountHolderText
  accountHolderTextLanguage
  refusal {
    ...RefusalText
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const FollowPushDocument = `query FollowPush($id: ID!) {
  push(id: $id) {
    ...FollowedPush
  }
}

fragment FollowedPush on Push {
  id
  status
  accountHolderText
  accountHolderTextLanguage
  createdAt
  expiresAt
  tokenRequestorId
  tokenRequestor {
    ...ShownRequestor
  }
  accounts {
    ...FollowedAccount
  }
  handOffs {
    platform
    url
    recommended
    fundingAccountId
  }
  nextStep {
    __typename
    ... on OpenUrlStep {
      url
      platform
      expiresAt
    }
    ... on DigitizationDataStep {
      sdk
      expiresAt
      accounts {
        ...FollowedAccount
      }
      links {
        platform
        url
        recommended
        fundingAccountId
      }
    }
    ... on WaitStep {
      askAgainAfter
    }
    ... on DoneStep {
      followUp
    }
  }
}

fragment FollowedAccount on PushedAccount {
  id
  fundingAccountId
  lastFour
  pushAccountReceipt
  issuerInitiatedDigitizationData
  outcome
  outcomeCertainty
  accountHolderText
  accountHolderTextLanguage
  refusal {
    ...RefusalText
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const RecordHandOffDocument = `mutation RecordHandOff($pushId: ID!, $platform: Platform!) {
  recordHandOff(pushId: $pushId, platform: $platform) {
    ...FollowedPush
  }
}

fragment FollowedPush on Push {
  id
  status
  accountHolderText
  accountHolderTextLanguage
  createdAt
  expiresAt
  tokenRequestorId
  tokenRequestor {
    ...ShownRequestor
  }
  accounts {
    ...FollowedAccount
  }
  handOffs {
    platform
    url
    recommended
    fundingAccountId
  }
  nextStep {
    __typename
    ... on OpenUrlStep {
      url
      platform
      expiresAt
    }
    ... on DigitizationDataStep {
      sdk
      expiresAt
      accounts {
        ...FollowedAccount
      }
      links {
        platform
        url
        recommended
        fundingAccountId
      }
    }
    ... on WaitStep {
      askAgainAfter
    }
    ... on DoneStep {
      followUp
    }
  }
}

fragment FollowedAccount on PushedAccount {
  id
  fundingAccountId
  lastFour
  pushAccountReceipt
  issuerInitiatedDigitizationData
  outcome
  outcomeCertainty
  accountHolderText
  accountHolderTextLanguage
  refusal {
    ...RefusalText
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const RecordOutcomeDocument = `mutation RecordOutcome($pushId: ID!, $outcomes: [AccountOutcomeInput!]!) {
  recordOutcome(pushId: $pushId, outcomes: $outcomes) {
    ...FollowedPush
  }
}

fragment FollowedPush on Push {
  id
  status
  accountHolderText
  accountHolderTextLanguage
  createdAt
  expiresAt
  tokenRequestorId
  tokenRequestor {
    ...ShownRequestor
  }
  accounts {
    ...FollowedAccount
  }
  handOffs {
    platform
    url
    recommended
    fundingAccountId
  }
  nextStep {
    __typename
    ... on OpenUrlStep {
      url
      platform
      expiresAt
    }
    ... on DigitizationDataStep {
      sdk
      expiresAt
      accounts {
        ...FollowedAccount
      }
      links {
        platform
        url
        recommended
        fundingAccountId
      }
    }
    ... on WaitStep {
      askAgainAfter
    }
    ... on DoneStep {
      followUp
    }
  }
}

fragment FollowedAccount on PushedAccount {
  id
  fundingAccountId
  lastFour
  pushAccountReceipt
  issuerInitiatedDigitizationData
  outcome
  outcomeCertainty
  accountHolderText
  accountHolderTextLanguage
  refusal {
    ...RefusalText
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const RecordPushCallbackDocument = `mutation RecordPushCallback($pushId: ID!, $url: String!) {
  recordPushCallback(pushId: $pushId, url: $url) {
    ...FollowedPush
  }
}

fragment FollowedPush on Push {
  id
  status
  accountHolderText
  accountHolderTextLanguage
  createdAt
  expiresAt
  tokenRequestorId
  tokenRequestor {
    ...ShownRequestor
  }
  accounts {
    ...FollowedAccount
  }
  handOffs {
    platform
    url
    recommended
    fundingAccountId
  }
  nextStep {
    __typename
    ... on OpenUrlStep {
      url
      platform
      expiresAt
    }
    ... on DigitizationDataStep {
      sdk
      expiresAt
      accounts {
        ...FollowedAccount
      }
      links {
        platform
        url
        recommended
        fundingAccountId
      }
    }
    ... on WaitStep {
      askAgainAfter
    }
    ... on DoneStep {
      followUp
    }
  }
}

fragment FollowedAccount on PushedAccount {
  id
  fundingAccountId
  lastFour
  pushAccountReceipt
  issuerInitiatedDigitizationData
  outcome
  outcomeCertainty
  accountHolderText
  accountHolderTextLanguage
  refusal {
    ...RefusalText
  }
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const PushesDocument = `query Pushes($first: Int, $after: String) {
  pushes(first: $first, after: $after) {
    nodes {
      id
      status
      accountHolderText
      accountHolderTextLanguage
      createdAt
      expiresAt
      tokenRequestorId
      tokenRequestor {
        ...ShownRequestor
      }
      accounts {
        id
        fundingAccountId
        fundingAccount {
          ...ShownAccount
        }
        lastFour
        outcome
        outcomeCertainty
        accountHolderText
        accountHolderTextLanguage
        refusal {
          ...RefusalText
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment ShownAccount on FundingAccount {
  id
  label
  lastFour
  kind
  artUrl
}

fragment ShownRequestor on TokenRequestor {
  id
  consumerFacingEntityName
  type
  logo {
    id
    svgUrl
    pngUrl
  }
}

fragment RefusalText on PushRefusal {
  code
  owner
  retryRule
  accountHolderText
  accountHolderTextLanguage
}`;
export const TokenRequestorsDocument = `query TokenRequestors($accountRanges: [AccountRange!]) {
  tokenRequestors(accountRanges: $accountRanges) {
    id
    name
    consumerFacingEntityName
    type
    walletId
    imageAssetId
    enabledAccountRanges
    supportedPushMethods
    supportsMultiplePushedCards
    supportedAccountHolderData
    supportsCardHolderAuthentication
    supportsIssuerInitiatedDigitizationData
    logo {
      id
      svgUrl
      pngUrl
    }
  }
}`;
export const TokenRequestorDocument = `query TokenRequestor($id: ID!) {
  tokenRequestor(id: $id) {
    id
    consumerFacingEntityName
    type
  }
}`;
export const AssetDocument = `query Asset($id: ID!) {
  asset(id: $id) {
    id
    svgUrl
    pngUrl
    mediaContents {
      type
      data
      width
      height
    }
  }
}`;
export const FundingAccountsDocument = `query FundingAccounts {
  fundingAccounts {
    id
    kind
    label
    lastFour
    status
    artUrl
    tokenRequestors {
      id
      consumerFacingEntityName
      type
    }
  }
}`;
export const PushCardDocument = `mutation PushCard($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push {
      ...PushFields
    }
    ... on PushRefusal {
      ...RefusalFields
    }
  }
}

fragment PushFields on Push {
  id
  status
  createdAt
  expiresAt
  tokenRequestor {
    id
    consumerFacingEntityName
  }
  accounts {
    fundingAccountId
    lastFour
    pushAccountReceipt
    issuerInitiatedDigitizationData
    outcome
    refusal {
      ...RefusalFields
    }
  }
  handOffs {
    platform
    url
  }
}

fragment RefusalFields on PushRefusal {
  code
  message
  retryable
  reasonCode
  fundingAccountIds
}`;
export const PushDocument = `query Push($id: ID!) {
  push(id: $id) {
    ...PushFields
  }
}

fragment PushFields on Push {
  id
  status
  createdAt
  expiresAt
  tokenRequestor {
    id
    consumerFacingEntityName
  }
  accounts {
    fundingAccountId
    lastFour
    pushAccountReceipt
    issuerInitiatedDigitizationData
    outcome
    refusal {
      ...RefusalFields
    }
  }
  handOffs {
    platform
    url
  }
}

fragment RefusalFields on PushRefusal {
  code
  message
  retryable
  reasonCode
  fundingAccountIds
}`;

export type SdkFunctionWrapper = <T>(action: (requestHeaders?:Record<string, string>) => Promise<T>, operationName: string, operationType?: string, variables?: unknown, signal?: RequestInit['signal']) => Promise<T>;


const defaultWrapper: SdkFunctionWrapper = (action, _operationName, _operationType, _variables) => action();

export function getSdk(client: GraphQLClient, withWrapper: SdkFunctionWrapper = defaultWrapper) {
  return {
    Catalogue(variables: CatalogueQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<CatalogueQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<CatalogueQuery>({ document: CatalogueDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Catalogue', 'query', variables, signal);
    },
    Picker(variables: PickerQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PickerQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<PickerQuery>({ document: PickerDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Picker', 'query', variables, signal);
    },
    Eligibility(variables: EligibilityQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<EligibilityQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<EligibilityQuery>({ document: EligibilityDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Eligibility', 'query', variables, signal);
    },
    Consent(variables: ConsentQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ConsentQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ConsentQuery>({ document: ConsentDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Consent', 'query', variables, signal);
    },
    AccountHolderDataPreview(variables: AccountHolderDataPreviewQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<AccountHolderDataPreviewQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<AccountHolderDataPreviewQuery>({ document: AccountHolderDataPreviewDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'AccountHolderDataPreview', 'query', variables, signal);
    },
    PushAndHandOff(variables: PushAndHandOffMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushAndHandOffMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushAndHandOffMutation>({ document: PushAndHandOffDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'PushAndHandOff', 'mutation', variables, signal);
    },
    FollowPush(variables: FollowPushQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<FollowPushQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<FollowPushQuery>({ document: FollowPushDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'FollowPush', 'query', variables, signal);
    },
    RecordHandOff(variables: RecordHandOffMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<RecordHandOffMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<RecordHandOffMutation>({ document: RecordHandOffDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'RecordHandOff', 'mutation', variables, signal);
    },
    RecordOutcome(variables: RecordOutcomeMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<RecordOutcomeMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<RecordOutcomeMutation>({ document: RecordOutcomeDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'RecordOutcome', 'mutation', variables, signal);
    },
    RecordPushCallback(variables: RecordPushCallbackMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<RecordPushCallbackMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<RecordPushCallbackMutation>({ document: RecordPushCallbackDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'RecordPushCallback', 'mutation', variables, signal);
    },
    Pushes(variables: PushesQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushesQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushesQuery>({ document: PushesDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Pushes', 'query', variables, signal);
    },
    TokenRequestors(variables: TokenRequestorsQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TokenRequestorsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TokenRequestorsQuery>({ document: TokenRequestorsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'TokenRequestors', 'query', variables, signal);
    },
    TokenRequestor(variables: TokenRequestorQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TokenRequestorQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TokenRequestorQuery>({ document: TokenRequestorDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'TokenRequestor', 'query', variables, signal);
    },
    Asset(variables: AssetQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<AssetQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<AssetQuery>({ document: AssetDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Asset', 'query', variables, signal);
    },
    FundingAccounts(variables: FundingAccountsQueryVariables = {}, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<FundingAccountsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<FundingAccountsQuery>({ document: FundingAccountsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'FundingAccounts', 'query', variables, signal);
    },
    PushCard(variables: PushCardMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushCardMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushCardMutation>({ document: PushCardDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'PushCard', 'mutation', variables, signal);
    },
    Push(variables: PushQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<PushQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<PushQuery>({ document: PushDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Push', 'query', variables, signal);
    }
  };
}
export type Sdk = ReturnType<typeof getSdk>;